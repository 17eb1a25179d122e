// SPDX-License-Identifier: Apache-2.0

internal import HTTPTransport
public import JSONValue
public import MegaraptorErrors
public import XMLReading

/// Makes signed calls to the services of AWS in one region.
public struct AWSClient: Sendable {
    /// What may be done again where nobody knows whether it was done.
    public enum Repeating: Sendable {
        /// It only reads, carries a token by which the service knows it again, or leads to the same however often.
        case safe
        /// Doing it twice would do a thing twice, so only what surely did nothing is sent again.
        case unsafe
    }

    public let settings: AWSSettings
    public let region: AWSRegion
    /// `nil` where calls are not signed.
    let credentials: CredentialsCache?
    let clock: AWSClock
    let retries: RetryRules

    /// - Throws: `failed_precondition` where no region is known.
    public init(
        _ settings: AWSSettings,
        clock: AWSClock = .system,
        retries: RetryRules = RetryRules()
    ) async throws(MegaraptorError) {
        self.settings = settings
        self.clock = clock
        self.retries = retries
        region = try await Self.region(settings)
        credentials = CredentialsCache(CredentialsChain(settings: settings, region: region, clock: clock))
    }

    /// With credentials that are there already, or none.
    init(_ settings: AWSSettings, _ region: AWSRegion, _ credentials: AWSCredentials?, _ clock: AWSClock) {
        self.settings = settings
        self.region = region
        self.clock = clock
        retries = RetryRules(attempts: 4)
        self.credentials = credentials.map { CredentialsCache($0) }
    }

    private static func region(_ settings: AWSSettings) async throws(MegaraptorError) -> AWSRegion {
        if let region = try settings.region() { return region }
        if let name = try await InstanceMetadata(settings)?.region() { return try AWSRegion(name) }
        throw MegaraptorError(
            .failedPrecondition,
            "No AWS region is known.",
            hint: "Give region, or set AWS_REGION, or region in the profile \(settings.profileName)."
        )
    }

    /// Where the credentials come from, in words for people.
    public func credentialsSource() async throws(MegaraptorError) -> String {
        try await credentials?.get().source ?? "nobody"
    }

    /// A call in the Query protocol.
    ///
    /// - Returns: the root of the answer.
    public func query(
        _ service: AWSService,
        _ action: String,
        _ parameters: QueryParameters = [:],
        _ repeating: Repeating
    ) async throws(MegaraptorError) -> XMLNode {
        let call = AWSCall(
            service: service,
            action: action,
            headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: Array(parameters.form(action, service.dialect).utf8),
            repeating: repeating
        )
        return try XMLReader.read(try await send(call), from: "AWS")
    }

    /// A call in AWS JSON 1.1.
    public func json(
        _ service: AWSService,
        _ action: String,
        _ input: JSONObject,
        _ repeating: Repeating
    ) async throws(MegaraptorError) -> JSONValue {
        let call = AWSCall(
            service: service,
            action: action,
            headers: [
                ("Content-Type", "application/x-amz-json-1.1"), ("X-Amz-Target", "\(service.dialect).\(action)"),
            ],
            body: JSONValue.object(input).jsonBytes(),
            repeating: repeating
        )
        let body = try await send(call)
        if body.isEmpty { return [:] }
        do {
            return try JSONValue(json: body)
        } catch {
            throw MegaraptorError(
                .unavailable,
                "\(service.name) \(action): the answer is no JSON.",
                hint: "Check the endpoint's URL.",
                cause: "\(error)"
            )
        }
    }
}

// MARK: - What may not be there

extension AWSClient {
    /// A call in the Query protocol that may be done again, about something that may not be there.
    ///
    /// - Returns: `nil` where AWS does not find it.
    public func queryIfThere(
        _ service: AWSService,
        _ action: String,
        _ parameters: QueryParameters
    ) async throws(MegaraptorError) -> XMLNode? {
        do {
            return try await query(service, action, parameters, .safe)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// The same in AWS JSON 1.1.
    public func jsonIfThere(
        _ service: AWSService,
        _ action: String,
        _ input: JSONObject
    ) async throws(MegaraptorError) -> JSONValue? {
        do {
            return try await json(service, action, input, .safe)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}
