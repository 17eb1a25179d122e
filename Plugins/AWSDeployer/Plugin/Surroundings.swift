// SPDX-License-Identifier: Apache-2.0

import AWSClient

/// What the deployer finds around it, so that tests have their own.
struct Surroundings: Sendable {
    var environment = AWSEnvironment.process
    var clock = AWSClock.system
    var retries = RetryRules()
    /// Between two looks at something that goes on.
    var pollInterval: Duration = .seconds(5)
}
