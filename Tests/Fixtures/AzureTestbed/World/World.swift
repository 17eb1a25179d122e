// SPDX-License-Identifier: Apache-2.0

import Certificates
import JSONValue

/// A resource group.
struct Group {
    var name: String
    var location: String
    var tags: JSONObject
    var isBeingDeleted = false

    func json(_ subscription: String) -> JSONValue {
        [
            "id": .string("/subscriptions/\(subscription)/resourceGroups/\(name)"), "name": .string(name),
            "type": "Microsoft.Resources/resourceGroups", "location": .string(location), "tags": .object(tags),
            "properties": ["provisioningState": isBeingDeleted ? "Deleting" : "Succeeded"],
        ]
    }
}

/// A resource.
struct Resource {
    let id: String
    let type: String
    let name: String
    let group: String
    var apiVersion: String
    /// `location`, `tags`, `properties` and their like.
    var content: JSONObject = [:]
    /// Of a machine.
    var power = "PowerState/running"
    var restarts = 0
    /// Of a machine: `succeeded`, `updating` or `failed/CODE`, and when that was last so.
    var provisioning = "succeeded"
    /// Of a machine: what its agent says of itself; `nil` where it says nothing.
    var agent: String? = "Ready"
    var changedAt = ""
    /// Of a vault's secret: its values, which nobody is shown.
    var secrets: [String] = []
    var isBeingDeleted = false

    init(id: ResourceID, apiVersion: String) {
        self.id = id.text
        type = id.type
        name = id.name
        group = id.group
        self.apiVersion = apiVersion
    }

    func json(in world: World) -> JSONValue {
        var json: JSONObject = [
            "id": .string(id), "name": .string(name.split(separator: "/").last.map(String.init) ?? name),
            "type": .string(type),
        ]
        for (key, value) in content { json[key] = value }
        return .object(json)
    }
}

/// Something that goes on after its answer.
struct Operation {
    enum Work: Equatable {
        case deployment(String)
        case deletion([String])
        case groupDeletion(String)
        case restart(String)
        case start(String)
        case none
    }

    var work: Work
    var looks = 2
    var result: JSONValue?
    var failure: ARMFailure?
}

/// All that the endpoint knows.
struct World {
    var url = ""
    var faults = Faults()
    var requests: [RecordedRequest] = []
    var changes = 0
    var certificate: Certificate?
    var federated: String?
    var usedAssertions: Set<String> = []
    var tokens: Set<String> = []
    var groups: [String: Group] = [:]
    var resources: [String: Resource] = [:]
    var deployments: [String: Deployment] = [:]
    /// Vaults that were deleted and can be had back, by their names: nobody may take those meanwhile.
    var deletedVaults: [String: Resource] = [:]
    /// What has gone, for lists that lag behind.
    var ghosts: [String: Resource] = [:]
    var operations: [String: Operation] = [:]
    var made: [String: Int] = [:]
    var consoleLog = "[    0.000000] Linux version 6.8.0-azure\ncloud-init: done\nmegaraptor: readiness\n"
    private var count = 0

    /// A new number, which also stands for the time.
    mutating func next() -> Int {
        count += 1
        return count
    }

    mutating func uuid() -> String {
        let digits = String(next(), radix: 16)
        return "44444444-aaaa-4bbb-8ccc-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    mutating func now() -> String { ISO8601.string(unixSeconds: 1_767_225_600 + Int64(next())) }

    // MARK: - One request

    /// `nil` where the connection breaks.
    mutating func answer(_ request: RecordedRequest) -> Answer? {
        requests.append(request)
        // Links lead to where the client came in, also through something that stands before the endpoint.
        if let host = request.headers["host"] { url = "http://\(host)" }
        if !request.path.hasPrefix("/subscriptions") { return answerForTokens(request) }
        if request.isChange { changes += 1 }
        let isCut = request.isChange && faults.cut?.change == changes
        if isCut, faults.cut?.isAfter == false {
            faults.cut = nil
            return nil
        }
        var answer = faults.proxy.map { Answer($0.status, text: $0.text) } ?? checked(request)
        answer.headers.append(("x-ms-request-id", uuid()))
        answer.headers.append(("x-ms-correlation-request-id", uuid()))
        if let id = request.headers["x-ms-client-request-id"] { answer.headers.append(("x-ms-client-request-id", id)) }
        if isCut {
            faults.cut = nil
            return nil
        }
        return answer
    }

    private mutating func checked(_ request: RecordedRequest) -> Answer {
        do throws(ARMFailure) {
            let token = request.headers["authorization"].map { String($0.dropFirst("Bearer ".count)) }
            guard let token, tokens.contains(token) else {
                throw ARMFailure(401, "InvalidAuthenticationToken", "The access token is invalid.")
            }
            if faults.throttled > 0 {
                faults.throttled -= 1
                var answer = Answer(ARMFailure(429, "TooManyRequests", "Too many requests. Try again later."))
                answer.headers = [("Retry-After", faults.retryAfter)]
                return answer
            }
            try check(request)
            if request.isChange, let refusal = faults.refusal {
                faults.refusal = nil
                throw ARMFailure(refusal.status, refusal.code, refusal.message)
            }
            return try route(request)
        } catch {
            return Answer(error)
        }
    }

    private func check(_ request: RecordedRequest) throws(ARMFailure) {
        guard let version = request.query["api-version"], !version.isEmpty else {
            throw ARMFailure(400, "MissingApiVersionParameter", "The api-version query parameter is required.")
        }
        guard request.headers["x-ms-client-request-id"]?.count == 36 else {
            throw .badRequest("The request has no x-ms-client-request-id.")
        }
        if ["PUT", "PATCH"].contains(request.method) || !request.text.isEmpty {
            guard request.headers["content-type"]?.hasPrefix("application/json") == true else {
                throw ARMFailure(415, "UnsupportedMediaType", "The content type is not application/json.")
            }
            guard request.body.objectValue != nil else {
                throw .badRequest("The request content was invalid and could not be deserialized.")
            }
        }
        guard request.segments.count < 2 || request.segments[1] == AzureTestbed.subscription else {
            throw ARMFailure(
                404,
                "SubscriptionNotFound",
                "The subscription '\(request.segments[1])' could not be found."
            )
        }
    }

    private mutating func route(_ request: RecordedRequest) throws(ARMFailure) -> Answer {
        let parts = request.segments
        let words = parts.map { $0.lowercased() }
        switch words.count {
        case 2: return try subscriptionAnswer(request)
        case 3 where words[2] == "resourcegroups": return try groupList(request)
        case 3 where words[2] == "resources": return try resourceList(request, group: nil)
        case 3 where words[2] == "locations": return try locations(request)
        case 4 where words[2] == "resourcegroups": return try group(request, parts[3])
        case 4 where words[2] == "operationresults": return try operation(request, parts[3], isLocation: true)
        case 5 where words[2] == "resourcegroups" && words[4] == "resources":
            return try resourceList(request, group: parts[3])
        case 8 where words[6] == "deletedvaults": return try deletedVault(request)
        case 8 where words[6] == "operations": return try operation(request, parts[7], isLocation: false)
        case 7 where words[4] == "locations" && words[6] == "vmsizes": return try machineSizes(request)
        default: break
        }
        guard words.count >= 6, words[2] == "resourcegroups", words[4] == "providers" else {
            throw ARMFailure(404, "InvalidResourceType", "There is nothing at '\(request.path)'.")
        }
        guard groups[words[3]] != nil else { throw noGroup(parts[3]) }
        if words[5] == "microsoft.resources", words.count >= 8, words[6] == "deployments" {
            return try deployment(request, Array(parts[7...]))
        }
        return try resource(request)
    }

    func noGroup(_ name: String) -> ARMFailure {
        ARMFailure(404, "ResourceGroupNotFound", "Resource group '\(name)' could not be found.")
    }

    func requireVersion(_ request: RecordedRequest, _ known: [String], _ type: String) throws(ARMFailure) {
        let version = request.query["api-version"] ?? ""
        guard known.contains(version) else {
            throw ARMFailure(
                400,
                "InvalidResourceType",
                "The api-version '\(version)' is not known for '\(type)'. It may be \(known.joined(separator: ", "))."
            )
        }
    }

    static func methodNotAllowed(_ request: RecordedRequest) -> ARMFailure {
        ARMFailure(405, "MethodNotAllowed", "The method \(request.method) is not allowed at '\(request.path)'.")
    }
}
