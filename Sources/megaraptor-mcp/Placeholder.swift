// SPDX-License-Identifier: Apache-2.0

@main
enum Placeholder {
    static func main() {}
}
