// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI

/// The C side of the host: one `mr_host` per plugin, whose `ctx` is that plugin's ``PluginBridge``.
///
/// Both live to the end of the process, as the contract promises.
enum HostFunctions {
    static func make(for plugin: PluginBridge) -> UnsafePointer<mr_host> {
        let host = UnsafeMutablePointer<mr_host>.allocate(capacity: 1)
        host.initialize(
            to: mr_host(
                struct_size: UInt32(MemoryLayout<mr_host>.size),
                abi_major: MR_ABI_MAJOR,
                abi_minor: MR_ABI_MINOR,
                reserved: 0,
                ctx: Unmanaged.passRetained(plugin).toOpaque(),
                log: { bridge($0)?.log(level: $1, message: text($2)) },
                progress: { bridge($0)?.progress(call: $1, done: $2, total: $3, message: text($4)) },
                is_cancelled: { bridge($0)?.isCancelled(call: $1) == false ? 0 : 1 },
                complete: { context, call, status, result in
                    bridge(context)?.complete(call: call, status: status, bytes: UnsafeRawBufferPointer(result))
                    result.release?(result.release_ctx)
                },
                emit: { context, call, part in
                    bridge(context)?.emit(call: call, bytes: UnsafeRawBufferPointer(part))
                    part.release?(part.release_ctx)
                },
                request: { context, call, method, params, reply, replyContext in
                    guard let bridge = bridge(context), let reply else { return mr_status(MR_INVALID_ARGUMENT) }
                    let receiver = ReplyReceiver(reply: reply, context: replyContext)
                    bridge.request(call: call, method: text(method), params: Array(bytes(params))) {
                        receiver.send($0, $1)
                    }
                    return mr_status(MR_OK)
                }
            )
        )
        return UnsafePointer(host)
    }
}

/// Where the answer to a plugin's request goes.
///
/// Unchecked because it holds the plugin's pointer, which the contract lets the host use on any thread, once.
struct ReplyReceiver: @unchecked Sendable {
    let reply: @convention(c) (UnsafeMutableRawPointer?, mr_status, mr_borrowed) -> Void
    let context: UnsafeMutableRawPointer?

    func send(_ status: mr_status, _ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { reply(context, status, mr_borrowed(ptr: $0.baseAddress, len: $0.count)) }
    }
}

private func bridge(_ context: UnsafeMutableRawPointer?) -> PluginBridge? {
    context.map { Unmanaged<PluginBridge>.fromOpaque($0).takeUnretainedValue() }
}

private func bytes(_ borrowed: mr_borrowed) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: borrowed.ptr, count: borrowed.len)
}

/// For people and logs: bytes that are no UTF-8 show as replacement characters.
private func text(_ borrowed: mr_borrowed) -> String {
    String(decoding: bytes(borrowed), as: UTF8.self)
}

extension UnsafeRawBufferPointer {
    fileprivate init(_ owned: mr_owned) {
        self.init(start: owned.ptr, count: owned.len)
    }
}
