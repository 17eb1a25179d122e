// SPDX-License-Identifier: Apache-2.0

import CGRPC

/// One logical connection to a server, made at the first call and made again when it is lost.
///
/// Calls are not queued while the server is away: they fail with `unavailable`. Bytes in, bytes out; what they mean
/// is the caller's business. The channel is closed when its last call and its last holder are gone.
public final class GRPCChannel: Sendable {
    public let configuration: GRPCChannelConfiguration
    private let handle: CoreHandle
    let queue: CompletionQueue

    /// Dials nothing yet. The PEM texts are copied into the core and stay in memory.
    public init(_ configuration: GRPCChannelConfiguration) throws(GRPCStatus) {
        self.configuration = configuration
        queue = try CompletionQueue()
        let credentials = try configuration.tls.makeCredentials()
        defer { grpc_channel_credentials_release(credentials.pointer) }
        let channel = configuration.arguments.withCore { arguments in
            configuration.target.withCString { grpc_channel_create($0, credentials.pointer, arguments) }
        }
        handle = try CoreHandle(made: channel, "channel")
    }

    deinit {
        grpc_channel_destroy(handle.pointer)
    }

    /// Sends one message and waits for one.
    ///
    /// Cancelling the surrounding task cancels the call.
    public func unary(
        _ method: String,
        _ request: [UInt8],
        deadline: Duration? = nil
    ) async throws(GRPCStatus) -> [UInt8] {
        var answer: [UInt8]?
        for try await message in serverStreaming(method, request, deadline: deadline) {
            guard answer == nil else { throw GRPCStatus(.internal, "\(method) answered with more than one message.") }
            answer = message
        }
        guard let answer else { throw GRPCStatus(.internal, "\(method) answered with no message.") }
        return answer
    }

    /// Sends one message; the server answers with any number of them.
    ///
    /// The call starts now. `deadline` counts from now.
    public func serverStreaming(_ method: String, _ request: [UInt8], deadline: Duration? = nil) -> GRPCMessages {
        let end = gpr_timespec(after: deadline)
        let slice = grpc_slice_from_copied_string(method)
        defer { grpc_slice_unref(slice) }
        let call = grpc_channel_create_call(
            handle.pointer,
            nil,
            mr_grpc_propagate_defaults(),
            queue.handle.pointer,
            slice,
            nil,
            end,
            nil
        )
        guard let call else {
            return GRPCMessages(failed: GRPCStatus(.internal, "The gRPC core could not make a call."))
        }
        let client = ClientCall(CoreHandle(call), channel: self)
        client.start(request)
        return GRPCMessages(client)
    }

    /// Where the last attempt to connect failed, tries again now instead of after the back-off, and waits for the
    /// outcome for at most `limit`. Returns at once in every other case.
    public func reconnectIfBroken(within limit: Duration) async {
        let state = grpc_channel_check_connectivity_state(handle.pointer, 1)
        guard state == GRPC_CHANNEL_TRANSIENT_FAILURE else { return }
        grpc_channel_reset_connect_backoff(handle.pointer)
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let tag = Completion { _ in continuation.resume() }.makeTag()
            grpc_channel_watch_connectivity_state(
                handle.pointer,
                state,
                gpr_timespec(after: limit),
                queue.handle.pointer,
                tag
            )
        }
    }
}

extension gpr_timespec {
    /// The moment `duration` from now; the end of time without one.
    init(after duration: Duration?) {
        guard let duration else {
            self = gpr_inf_future(GPR_CLOCK_MONOTONIC)
            return
        }
        let (seconds, attoseconds) = max(duration, .zero).components
        let span = gpr_timespec(
            tv_sec: seconds,
            tv_nsec: Int32(attoseconds / 1_000_000_000),
            clock_type: GPR_TIMESPAN
        )
        self = gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), span)
    }
}
