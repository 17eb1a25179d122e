// SPDX-License-Identifier: Apache-2.0

public import MegaraptorErrors

/// A stand-in for a Velociraptor server: real gRPC over mutual TLS, and VQL over an invented fleet.
///
/// For demonstrations, tests and load. It answers as version 0.77.2 does, errors included; what it cannot know it says,
/// and never makes up success.
public enum Lab {
    /// Starts a lab in this process.
    ///
    /// The first start in a folder makes an authority and keys, which takes about a second; later ones take milliseconds.
    public static func start(_ options: LabOptions) async throws(MegaraptorError) -> RunningLab {
        guard options.clients <= LabOptions.maxClients else {
            throw MegaraptorError(
                .invalidArgument,
                "A lab has at most \(LabOptions.maxClients) clients, not \(options.clients)."
            )
        }
        return try await RunningLab.start(options)
    }
}
