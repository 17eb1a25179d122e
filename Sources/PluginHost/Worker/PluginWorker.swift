// SPDX-License-Identifier: Apache-2.0

internal import CWorker
internal import Dispatch
internal import Glibc
internal import JSONValue
internal import MegaraptorErrors
internal import NativeFunctions
internal import Synchronization

/// The other program that a host is: serves one plugin to the host that started it, and to nobody else.
///
/// The plugin cannot tell: it is opened, called and answered by the same code as inside the host.
public final class PluginWorker: Sendable {
    private let socket: WorkerSocket
    private let calls = CallTable(firstID: 1 << 63)
    private let services: RemoteServices
    private let plugin = Mutex<(any PluginInstance)?>(nil)

    /// Runs until the host ends it or is gone. Call it before anything else in the process.
    public static func run() -> Int32 {
        worker_die_with_parent()
        // A plugin may write to a pipe whose reader has gone; an empty action is not passed on to its children.
        signal(SIGPIPE) { _ in }
        let socket = WorkerSocket(WorkerProcess.socketDescriptor)
        guard let first = socket.next() else {
            print("This command is started by the host and by nobody else.")
            return 64
        }
        guard let greeting = WorkerGreeting(first) else { return 65 }
        greeting.limits.apply()
        MemoryExhaustion.watch(limit: greeting.limits.memoryMebibytes << 20)
        let worker = PluginWorker(socket)
        DispatchQueue(label: "megaraptor.opening").async { worker.open(greeting) }
        while let frame = socket.next() { worker.handle(frame) }
        // Usually the host is gone, and nobody waits for anything any more.
        _exit(fcntl(WorkerProcess.socketDescriptor, F_GETFD) < 0 ? WorkerEnd.connectionClosed : 0)
    }

    private init(_ socket: WorkerSocket) {
        self.socket = socket
        services = RemoteServices(socket)
    }

    private func makeBridge(_ id: String) -> PluginBridge {
        // The host takes secrets out of what arrives there.
        PluginBridge(plugin: id, calls: calls, services: services, redactor: Redactor()) { [socket] level, message in
            socket.send(Frame(kind: .log, number: UInt64(max(0, level)), text: message))
        }
    }

    // MARK: - Opening

    private func open(_ greeting: WorkerGreeting) {
        do throws(MegaraptorError) {
            let (instance, description) = try serve(greeting)
            plugin.withLock { $0 = instance }
            socket.send(Frame(kind: .ready, body: description))
        } catch {
            socket.send(Frame(kind: .refused, number: UInt64(error.code.rawValue), body: error.json.jsonBytes()))
        }
    }

    /// What kind of plugin it is.
    private func serve(
        _ greeting: WorkerGreeting
    ) throws(MegaraptorError) -> (any PluginInstance, description: [UInt8]) {
        var code: (any PluginInstance)?
        var description = Array("{}".utf8)
        if let library = greeting.library {
            let loader = PluginLoader(calls: calls, libraries: OpenedLibraries(), bridge: makeBridge)
            (code, description) = try loader.open(library, as: greeting.id, greeting.version)
        }
        if greeting.nativeTools.isEmpty, let code { return (code, description) }
        let native = NativePlugin(folder: greeting.folder, tools: greeting.nativeTools)
        return (NativeInstance(greeting.id, native, code: code, bridge: makeBridge(greeting.id)), description)
    }

    // MARK: - Messages

    private func handle(_ frame: Frame) {
        switch frame.kind {
        case .invoke: invoke(frame)
        case .cancel: cancel(frame.id)
        case .reply: services.receive(frame)
        case .deactivate:
            // It may wait for calls whose messages go on arriving here.
            DispatchQueue(label: "megaraptor.ending").async { [self] in
                plugin.withLock { $0 }?.deactivate(milliseconds: UInt32(clamping: frame.number))
                _exit(0)
            }
        case .hello, .ready, .refused, .complete, .cancelled, .progress, .log, .request: _exit(65)
        }
    }

    private func invoke(_ frame: Frame) {
        guard let plugin = plugin.withLock({ $0 }) else { return }
        let (socket, id) = (socket, frame.id)
        calls.insert(
            id,
            CallTable.Pending(
                plugin: plugin.id,
                // The host keeps the time.
                deadline: nil,
                progress: { socket.send(.progress(id, $0, $1, $2)) },
                elicit: nil,
                finish: { socket.send(.complete(id, $0)) },
                cancel: {}
            )
        )
        plugin.invoke(id, method: frame.text, params: frame.body)
    }

    private func cancel(_ id: UInt64) {
        for question in calls.abandon(id)?.questions ?? [] { question.cancel() }
        plugin.withLock { $0 }?.cancel(id)
        socket.send(Frame(kind: .cancelled, id: id))
    }
}

extension Frame {
    fileprivate static func progress(_ id: UInt64, _ done: Double, _ total: Double?, _ message: String) -> Frame {
        var body: [UInt8] = []
        body.append((total ?? 0).bitPattern)
        return Frame(kind: .progress, id: id, number: done.bitPattern, text: message, body: body)
    }

    fileprivate static func complete(_ id: UInt64, _ result: Result<[UInt8], MegaraptorError>) -> Frame {
        switch result {
        case .success(let bytes) where bytes.count <= Frame.largest - Frame.headerSize:
            return Frame(kind: .complete, id: id, body: bytes)
        case .success(let bytes):
            let error = MegaraptorError(.resourceExhausted, "A result of \(bytes.count) bytes is more than fits.")
            return complete(id, .failure(error))
        case .failure(let error):
            return Frame(kind: .complete, id: id, number: UInt64(error.code.rawValue), body: error.json.jsonBytes())
        }
    }
}
