// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Doubles with a fixed number of digits after the point.
enum FixedPoint {
    static func text(_ value: Double, digits: Int) -> String {
        String(format: "%.\(max(0, min(digits, 100)))f", value)
    }
}
