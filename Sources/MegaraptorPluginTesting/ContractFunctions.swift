// SPDX-License-Identifier: Apache-2.0

internal import CMegaraptorABI
internal import JSONValue
internal import MegaraptorErrors

/// A fake host as the contract's struct of functions. It lives to the end of the process, as the contract promises.
enum ContractFunctions {
    static func make(for host: FakeHost) -> UnsafePointer<mr_host> {
        let functions = UnsafeMutablePointer<mr_host>.allocate(capacity: 1)
        functions.initialize(
            to: mr_host(
                struct_size: UInt32(MemoryLayout<mr_host>.size),
                abi_major: MR_ABI_MAJOR,
                abi_minor: MR_ABI_MINOR,
                reserved: 0,
                ctx: Unmanaged.passRetained(host).toOpaque(),
                log: { fake($0)?.noteLog(level: $1, text($2)) },
                progress: { context, _, done, total, message in
                    let progress = FakeHost.Progress(done: done, total: total > 0 ? total : nil, message: text(message))
                    fake(context)?.noteProgress(progress)
                },
                is_cancelled: { fake($0)?.isCancelled($1) == false ? 0 : 1 },
                complete: { context, call, status, result in
                    fake(context)?.complete(call, status: status, bytes(result))
                    result.release?(result.release_ctx)
                },
                emit: { context, call, part in
                    fake(context)?.append(call, bytes(part))
                    part.release?(part.release_ctx)
                },
                request: { context, _, method, params, reply, replyContext in
                    guard let host = fake(context), let reply else { return mr_status(MR_INVALID_ARGUMENT) }
                    let (status, answer): (mr_status, [UInt8]) =
                        switch host.request(text(method), bytes(params)) {
                        case .success(let value): (mr_status(MR_OK), value.jsonBytes())
                        case .failure(let error): (error.code.rawValue, error.json.jsonBytes())
                        }
                    answer.withUnsafeBufferPointer {
                        reply(replyContext, status, mr_borrowed(ptr: $0.baseAddress, len: $0.count))
                    }
                    return mr_status(MR_OK)
                }
            )
        )
        return UnsafePointer(functions)
    }
}

private func fake(_ context: UnsafeMutableRawPointer?) -> FakeHost? {
    context.map { Unmanaged<FakeHost>.fromOpaque($0).takeUnretainedValue() }
}

private func bytes(_ borrowed: mr_borrowed) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: borrowed.ptr, count: borrowed.len)
}

private func bytes(_ owned: mr_owned) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: owned.ptr, count: owned.len)
}

private func text(_ borrowed: mr_borrowed) -> String {
    String(decoding: bytes(borrowed), as: UTF8.self)
}
