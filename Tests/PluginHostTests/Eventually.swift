// SPDX-License-Identifier: Apache-2.0

import Testing

/// Expects what another process or thread brings about in its own time.
func eventually(_ condition: () throws -> Bool) async rethrows {
    let end = ContinuousClock.now + .seconds(30)
    while try !condition(), ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(10)) }
    #expect(try condition())
}
