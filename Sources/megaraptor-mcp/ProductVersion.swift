// SPDX-License-Identifier: Apache-2.0

/// The version of this release.
enum ProductVersion {
    static let text = "0.1.0"
}
