// SPDX-License-Identifier: Apache-2.0

public import Certificates
import HTTPServer
public import JSONValue
import Synchronization

/// An Azure of one subscription on this machine's loopback: tokens, Resource Manager and what it makes.
///
/// It is as strict as Azure about requests and templates, and stricter where Azure lets mistakes pass. Its operations
/// take a number of looks and no time. Everything that is asked is recorded.
public final class AzureTestbed: Sendable {
    /// Who may sign in.
    public static let tenant = "11111111-aaaa-4bbb-8ccc-000000000001"
    public static let clientID = "22222222-aaaa-4bbb-8ccc-000000000002"
    public static let secret = "tEst~S3cret.of.the.application"
    public static let subscription = "33333333-aaaa-4bbb-8ccc-000000000003"

    /// `http://127.0.0.1:PORT`, both for tokens and for Resource Manager.
    public let url: String
    private let server: HTTPServer
    private let world: WorldBox

    public init() throws {
        let box = WorldBox()
        world = box
        server = try HTTPServer(host: "127.0.0.1", port: 0, identity: nil) { box.answer($0) }
        url = "http://127.0.0.1:\(server.port)"
        box.state.withLock { [url] in $0.url = url }
    }

    public func stop() async { await server.stop() }

    // MARK: - For tests

    /// What was asked so far.
    public var requests: [RecordedRequest] { world.state.withLock { $0.requests } }
    public func forgetRequests() { world.state.withLock { $0.requests = [] } }

    /// How many changes were asked for so far; cuts count from here.
    public var changes: Int { world.state.withLock { $0.changes } }

    public func set(_ faults: Faults) {
        world.state.withLock {
            $0.faults = faults
            $0.changes = 0
        }
    }

    /// Lets an application sign in with this certificate.
    public func trust(_ certificate: Certificate) { world.state.withLock { $0.certificate = certificate } }

    /// Takes this as the token of another identity provider.
    public func trust(federated token: String) { world.state.withLock { $0.federated = token } }

    /// Makes every token that was given so far worthless.
    public func revokeTokens() { world.state.withLock { $0.tokens = [] } }

    /// The resource of that id as the endpoint has it, without secrets.
    public func resource(_ id: String) -> JSONValue? {
        world.state.withLock { $0.resources[id.lowercased()]?.json(in: $0) }
    }

    /// The ids of all resources, sorted.
    public var resourceIDs: [String] { world.state.withLock { $0.resources.values.map(\.id).sorted() } }

    /// What was made in answer to a template, of any type and in any group, whose id ends so.
    public func resources(ending end: String) -> [JSONValue] {
        world.state.withLock { world in
            world.resources.filter { $0.key.hasSuffix(end.lowercased()) }.map { $0.value.json(in: world) }
        }
    }

    /// The names of all groups, sorted.
    public var groups: [String] { world.state.withLock { $0.groups.values.map(\.name).sorted() } }

    /// Changes the resource of that id behind everybody's back.
    public func change(_ id: String, _ body: @Sendable (inout JSONObject) -> Void) {
        world.state.withLock { world in
            guard var json = world.resources[id.lowercased()]?.content else { return }
            body(&json)
            world.resources[id.lowercased()]?.content = json
        }
    }

    /// What the machines' serial console shows.
    public func setConsole(_ text: String) { world.state.withLock { $0.consoleLog = text } }

    public func setPower(_ id: String, _ power: String) {
        world.state.withLock { $0.resources[id.lowercased()]?.power = power }
    }

    /// How Azure's last change of a machine has ended, such as `failed/AllocationFailed`.
    public func setProvisioning(_ id: String, _ state: String) {
        world.state.withLock { $0.resources[id.lowercased()]?.provisioning = state }
    }

    /// What the agent on a machine says of itself.
    public func setAgent(_ id: String, _ word: String?) {
        world.state.withLock { $0.resources[id.lowercased()]?.agent = word }
    }

    /// Lets a machine look as if somebody had changed it since.
    public func touch(_ id: String) {
        world.state.withLock { world in
            let time = world.now()
            world.resources[id.lowercased()]?.changedAt = time
        }
    }

    /// Takes a resource away behind everybody's back.
    public func remove(_ id: String) { world.state.withLock { _ = $0.resources.removeValue(forKey: id.lowercased()) } }

    /// Puts somebody else's group there.
    public func addGroup(_ name: String, location: String = "westeurope", tags: JSONObject = [:]) {
        world.state.withLock {
            $0.groups[name.lowercased()] = Group(name: name, location: location, tags: tags)
        }
    }

    /// Puts somebody else's resource there.
    public func addResource(_ id: String, properties: JSONValue = [:]) {
        world.state.withLock { world in
            guard let parsed = ResourceID(id) else { return }
            var resource = Resource(id: parsed, apiVersion: "2024-05-01")
            resource.content = ["location": "westeurope", "tags": [:], "properties": properties]
            world.resources[id.lowercased()] = resource
        }
    }

    /// The values that the vault has of a secret, oldest first.
    public func secretValues(_ id: String) -> [String] {
        world.state.withLock { $0.resources[id.lowercased()]?.secrets ?? [] }
    }

    /// How often a resource of that id was made or changed by a deployment.
    public func timesMade(_ id: String) -> Int { world.state.withLock { $0.made[id.lowercased()] ?? 0 } }

    /// How often a machine was restarted.
    public func restarts(_ id: String) -> Int { world.state.withLock { $0.resources[id.lowercased()]?.restarts ?? 0 } }
}

/// The state behind its lock.
final class WorldBox: Sendable {
    let state = Mutex(World())

    func answer(_ message: HTTPRequest) -> HTTPResponse {
        let answer = state.withLock { $0.answer(RecordedRequest(message)) }
        guard let answer else { return .hangUp }
        var headers = answer.headers
        if answer.body != nil { headers.append(("Content-Type", "application/json; charset=utf-8")) }
        return HTTPResponse(answer.status, headers: headers, body: answer.text ?? answer.body?.json() ?? "")
    }
}
