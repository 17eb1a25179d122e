// SPDX-License-Identifier: Apache-2.0

import Cryptography
import JSONValue

/// What tells two deployments of the same id apart.
enum Lineage {
    static func make() -> String { Hexadecimal.encode(Cryptography.randomBytes(16)) }
}
