// SPDX-License-Identifier: Apache-2.0

import AWSTestbed
import JSONValue
import MegaraptorErrors
import Testing
import XMLReading

@testable import AWSClient

@Suite("Calls, errors and repetitions", .timeLimit(.minutes(1)))
struct CallTests {
    private static let secrets = ["AKIDSECRET", "very-secret", "session-secret"]

    private func client(_ url: String, _ clock: TestClock, token: String? = nil) async throws -> AWSClient {
        let home = try Home()
        var variables = ["AWS_ACCESS_KEY_ID": "AKIDSECRET", "AWS_SECRET_ACCESS_KEY": "very-secret"]
        variables["AWS_SESSION_TOKEN"] = token
        let settings = try home.settings(region: "eu-west-1", endpoint: url, variables)
        return try await AWSClient(settings, clock: clock.clock, retries: RetryRules(attempts: 4))
    }

    private func failure(_ answer: AWSAnswer) async throws -> MegaraptorError {
        let server = try ScriptedServer { _ in answer }
        let client = try await client(server.url, TestClock())
        let error = await #expect(throws: MegaraptorError.self) {
            try await client.query(.cloudFormation, "CreateStack", [:], .unsafe)
        }
        return try #require(error)
    }

    private static let success = AWSAnswer(200, "<R><Result><List><member><Key>k</Key></member></List></Result></R>")

    @Test("a call in the Query protocol: a form with lists, signed, and its answer")
    func query() async throws {
        let server = try ScriptedServer { _ in Self.success }
        var parameters: QueryParameters = ["StackName": "a b&c"]
        parameters.list("Capabilities.member", ["A", "B"])
        parameters.list("Tags.member", of: [[("Key", "k"), ("Value", "ü=+")]])
        parameters.set("Nothing", nil)
        let answer = try await client(server.url, TestClock(), token: "session-secret")
            .query(.cloudFormation, "CreateStack", parameters, .safe)
        #expect(answer["Result"]?.list("List").first?.text("Key") == "k")
        let request = try #require(server.requests.first)
        #expect(
            request.form == [
                "Action": "CreateStack", "Version": "2010-05-15", "StackName": "a b&c", "Capabilities.member.1": "A",
                "Capabilities.member.2": "B", "Tags.member.1.Key": "k", "Tags.member.1.Value": "ü=+",
            ]
        )
        #expect(request.service == "cloudformation")
        #expect(request.headers["x-amz-security-token"] == "session-secret")
        let signed = "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token"
        #expect(request.headers["authorization"]?.contains(signed) == true)
    }

    @Test("a call in AWS JSON 1.1, and its error")
    func json() async throws {
        let answers = Answers(
            AWSAnswer(200, #"{"ARN":"arn"}"#),
            AWSAnswer(200),
            AWSAnswer(
                400,
                #"{"__type":"com.amazon#ResourceNotFoundException","Message":"no such secret"}"#,
                headers: [("x-amzn-RequestId", "request-7")]
            )
        )
        let server = try ScriptedServer { _ in answers.next() }
        let client = try await client(server.url, TestClock())
        #expect(try await client.json(.secretsManager, "DescribeSecret", ["SecretId": "x"], .safe)["ARN"] == "arn")
        #expect(server.requests.first?.headers["x-amz-target"] == "secretsmanager.DescribeSecret")
        #expect(server.requests.first?.json == ["SecretId": "x"])
        #expect(try await client.json(.ssm, "PutParameter", [:], .safe) == [:])
        let error = await #expect(throws: MegaraptorError.self) {
            try await client.json(.secretsManager, "DescribeSecret", [:], .safe)
        }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("no such secret (ResourceNotFoundException, request request-7)") == true)
        #expect(error?.details["request_id"] == "request-7")
    }

    @Test(
        "AWS's codes become this product's",
        arguments: [
            ("AccessDenied", 403, .permissionDenied), ("UnauthorizedOperation", 403, .permissionDenied),
            ("ExpiredToken", 403, .unauthenticated), ("InvalidClientTokenId", 403, .unauthenticated),
            ("SignatureDoesNotMatch", 403, .unauthenticated), ("ValidationError", 400, .invalidArgument),
            ("AlreadyExistsException", 400, .conflict), ("InvalidVolume.NotFound", 400, .notFound),
            ("VcpuLimitExceeded", 400, .resourceExhausted), ("InsufficientInstanceCapacity", 500, .unavailable),
            ("Throttling", 400, .resourceExhausted), ("SomethingNew", 400, .failedPrecondition),
            ("SomethingNew", 403, .permissionDenied), ("SomethingNew", 503, .unavailable),
        ] as [(String, Int, MegaraptorError.Code)]
    )
    func codes(_ code: String, _ status: Int, _ wanted: MegaraptorError.Code) async throws {
        let error = try await failure(.fault(status, code, "words"))
        #expect(error.code == wanted)
        #expect(error.message.contains("cloudformation CreateStack: words (\(code), request request-1)"))
        #expect(error.details["aws_code"]?.stringValue == code)
        #expect(error.retryable == (code == "Throttling"))
    }

    @Test("EC2 writes its errors in another form; a stack that is not there is not found")
    func otherForms() async throws {
        let text = "<Response><Errors><Error><Code>AuthFailure</Code><Message>no</Message></Error></Errors>"
        let error = try await failure(AWSAnswer(401, text + "<RequestID>r-2</RequestID></Response>"))
        #expect(error.code == .unauthenticated)
        #expect(error.details["request_id"] == "r-2")
        #expect(try await failure(.fault(400, "ValidationError", "Stack x does not exist")).code == .notFound)
        #expect(try await failure(AWSAnswer(502, "<html>bad gateway")).code == .unavailable)
    }

    @Test("what a service says of a signature shows neither key nor token")
    func redaction() async throws {
        let server = try ScriptedServer { _ in
            .fault(
                403,
                "SignatureDoesNotMatch",
                "Wrong for AKIDSECRET. The Canonical String should have been x-amz-security-token:session-secret"
            )
        }
        let client = try await client(server.url, TestClock(), token: "session-secret")
        let error = await #expect(throws: MegaraptorError.self) { try await client.query(.sts, "X", [:], .safe) }
        #expect(error?.message.contains("Wrong for [hidden]") == true)
        for word in Self.secrets { #expect(error.map { "\($0) \($0.json)" }?.contains(word) == false, "\(word)") }
    }

    @Test("a clock that is off is named, with by how much")
    func skew() async throws {
        var answer = AWSAnswer.fault(403, "SignatureDoesNotMatch", "Signature expired: 1 is now earlier than 2")
        answer.headers = [("Date", "Fri, 15 Jan 2027 08:10:00 GMT")]
        let error = try await failure(answer)
        #expect(error.code == .unauthenticated)
        #expect(error.hint.contains("by 600 seconds"), "\(error.hint)")
    }

    @Test("throttling is waited out with growing, jittered pauses, and for as long as the answer asks")
    func throttling() async throws {
        var slow = AWSAnswer.fault(503, "Throttling", "Rate exceeded")
        slow.headers = [("Retry-After", "7")]
        let throttled = AWSAnswer.fault(400, "RequestLimitExceeded", "Rate exceeded")
        let answers = Answers(throttled, throttled, slow, Self.success)
        let server = try ScriptedServer { _ in answers.next() }
        let clock = TestClock()
        _ = try await client(server.url, clock).query(.ec2, "RunInstances", [:], .unsafe)
        #expect(clock.pauses == [.milliseconds(500), .seconds(1), .seconds(7)])
        let error = try await failure(throttled)
        #expect(error.code == .resourceExhausted && error.retryable)
    }

    @Test("what may have been done is not sent again, unless that is safe")
    func safety() async throws {
        for (answer, repeating, isSentAgain) in [
            (AWSAnswer(500, "oops"), AWSClient.Repeating.unsafe, false), (AWSAnswer(500, "oops"), .safe, true),
            (nil, .unsafe, false), (nil, .safe, true), (.fault(400, "ValidationError", "no"), .safe, false),
        ] as [(AWSAnswer?, AWSClient.Repeating, Bool)] {
            let answers = Answers(answer, Self.success)
            let server = try ScriptedServer { _ in answers.next() }
            let client = try await client(server.url, TestClock())
            if isSentAgain {
                _ = try await client.query(.ec2, "X", [:], repeating)
            } else {
                await #expect(throws: MegaraptorError.self) { try await client.query(.ec2, "X", [:], repeating) }
            }
            #expect(server.requests.count == (isSentAgain ? 2 : 1))
        }
    }

    @Test("a request that never left is sent again, whatever it was")
    func refused() async throws {
        let clock = TestClock()
        let client = try await client("http://127.0.0.1:1", clock)
        let error = await #expect(throws: MegaraptorError.self) { try await client.query(.ec2, "X", [:], .unsafe) }
        #expect(error?.code == .unavailable)
        #expect(clock.pauses.count == 3)
    }

    @Test("an ended session is looked up anew, once")
    func renewal() async throws {
        let answers = Answers(.fault(403, "ExpiredToken", "ended"), Self.success, .fault(403, "ExpiredToken", "ended"))
        let server = try ScriptedServer { _ in answers.next() }
        let client = try await client(server.url, TestClock())
        _ = try await client.query(.sts, "X", [:], .unsafe)
        #expect(server.requests.count == 2)
        let error = await #expect(throws: MegaraptorError.self) { try await client.query(.sts, "X", [:], .unsafe) }
        #expect(error?.hint.contains("aws sso login") == true)
        #expect(server.requests.count == 4)
    }

    @Test("waiting to send again ends at once when the call is cancelled")
    func cancelled() async throws {
        let server = try ScriptedServer { _ in .fault(400, "Throttling", "slow") }
        let clock = AWSClock(now: { TestClock.now }, sleep: { _ in throw CancellationError() }, chance: { 1 })
        let settings = try Home().settings(
            region: "eu-west-1",
            endpoint: server.url,
            ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"]
        )
        let client = try await AWSClient(settings, clock: clock)
        let error = await #expect(throws: MegaraptorError.self) { try await client.query(.ec2, "X", [:], .safe) }
        #expect(error?.code == .cancelled)
    }

    @Test("credentials are kept until shortly before their end, and used to it where no new ones come")
    func cache() async throws {
        let answers = Answers(
            AWSAnswer(200, Self.document("A", end: "2027-01-15T08:05:01Z")),
            AWSAnswer(200, Self.document("B", end: "2027-01-15T08:04:59Z")),
            AWSAnswer(500)
        )
        let server = try ScriptedServer { _ in answers.next() }
        let settings = try Home().settings(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
        let region = try AWSRegion("eu-west-1")
        let cache = CredentialsCache(CredentialsChain(settings: settings, region: region, clock: TestClock().clock))
        #expect(try await cache.get().accessKeyID == "A")
        #expect(try await cache.get().accessKeyID == "A")
        await cache.forget(try await cache.get())
        #expect(try await cache.get().accessKeyID == "B")
        #expect(try await cache.get().accessKeyID == "B", "it ends within five minutes, and there are no others")
        #expect(server.requests.count == 3)
    }

    private static func document(_ key: String, end: String) -> String {
        #"{"AccessKeyId":"\#(key)","SecretAccessKey":"s","Token":"t","Expiration":"\#(end)"}"#
    }
}
