// SPDX-License-Identifier: Apache-2.0

import GRPCTransport
public import MegaraptorErrors
import Synchronization

/// A lab that answers.
public final class RunningLab: Sendable {
    /// The folder with the authority and the API client files.
    public let directory: String
    /// The port on 127.0.0.1; it stays the same over ``restart()``.
    public let port: Int

    private let grpc: GRPCServer
    private let drops: AsyncStream<Void>.Continuation
    private let dropping: Task<Void, Never>
    private let faults: FaultBox
    private let keys: LabCredentials

    private init(
        _ keys: LabCredentials,
        _ port: Int,
        _ grpc: GRPCServer,
        _ control: Control,
        _ faults: FaultBox
    ) {
        self.keys = keys
        directory = keys.directory
        self.port = port
        self.grpc = grpc
        self.faults = faults
        drops = control.continuation
        dropping = Task {
            for await _ in control.stream {
                await grpc.stop(.abrupt)
                // The port was free a moment ago; without it the lab stays away, as a server that does not come back.
                do { try grpc.start(port: port) } catch { return }
            }
        }
    }

    /// The path of one of the API client files.
    public func apiFile(_ user: LabUser = .administrator) -> String { "\(directory)/\(user.fileName)" }

    /// What that file holds.
    public func credentials(of user: LabUser) -> UserCredentials { keys.credentials(of: user) }

    /// Makes things go wrong with every call from now on; see ``FaultPlan`` for the words. `nil` ends it.
    public func setFault(_ text: String?) throws(MegaraptorError) { try faults.set(text) }

    /// Stops, breaking the connections. Files stay. ``restart()`` begins again on the same port.
    public func pause() async { await grpc.stop(.abrupt) }

    /// Begins again after ``pause()``; clients, flows and hunts are as they were.
    public func resume() throws(MegaraptorError) {
        do throws(GRPCStatus) {
            try grpc.start(port: port)
        } catch {
            throw MegaraptorError(.unavailable, "The lab cannot listen on port \(port) again.", cause: error.details)
        }
    }

    /// Breaks all connections and begins again on the same port, as a server that is restarted.
    public func restart() async throws(MegaraptorError) {
        await pause()
        try resume()
    }

    /// Stops for good.
    public func stop() async {
        drops.finish()
        await dropping.value
        await grpc.stop(.abrupt)
    }
}

extension RunningLab {
    fileprivate typealias Control = (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)

    static func start(_ options: LabOptions) async throws(MegaraptorError) -> RunningLab {
        let credentials = try await LabCredentials.prepared(in: options.directory)
        let control: Control = AsyncStream.makeStream()
        let faults = FaultBox(directory: options.directory, latency: options.latency)
        let service = LabService(
            options.organizations,
            AccountBook(Account.all),
            faults: { try faults.current() },
            dropConnections: { control.continuation.yield() }
        )
        let grpc = GRPCServer(credentials.configuration) { await service.handle($0) }
        let port = try listen(grpc, wanted: options.port, last: try credentials.lastPort)
        try credentials.writeClientFiles(port: port)
        return RunningLab(credentials, port, grpc, control, faults)
    }

    /// Without a wish for a port, the last one is taken if it is still free, so that old client files go on working.
    private static func listen(_ grpc: GRPCServer, wanted: Int, last: Int?) throws(MegaraptorError) -> Int {
        if wanted == 0, let last {
            do throws(GRPCStatus) {
                return try grpc.start(port: last)
            } catch {
                // Somebody else has it: any other will do, and the client files are written anew.
            }
        }
        do throws(GRPCStatus) {
            return try grpc.start(port: wanted)
        } catch {
            throw MegaraptorError(
                .unavailable,
                "The lab cannot listen on 127.0.0.1:\(wanted).",
                hint: "Choose another --port, or 0 for any free one.",
                cause: error.details
            )
        }
    }
}

/// The faults of every call: those set in the process, those of the control file, and the latency.
final class FaultBox: Sendable {
    private let file: String
    private let latency: Int
    private let plan = Mutex(FaultPlan.none)

    init(directory: String, latency: Int) {
        file = directory + "/fault"
        self.latency = latency
    }

    func set(_ text: String?) throws(MegaraptorError) {
        do throws(FaultPlanError) {
            let new = try text.map { text throws(FaultPlanError) in try FaultPlan(text) } ?? .none
            plan.withLock { $0 = new }
        } catch {
            throw MegaraptorError(.invalidArgument, "The lab knows no fault '\(error.entry)'.")
        }
    }

    func current() throws -> FaultPlan {
        var plan = plan.withLock { $0 }
        if let text = try TextFile.contents(of: file) { plan = plan.merged(with: try FaultPlan(text)) }
        plan.delay += latency
        return plan
    }
}
