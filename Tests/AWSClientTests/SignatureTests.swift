// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AWSClient

@Suite("Signature Version 4 against AWS's published examples")
struct SignatureTests {
    /// 2015-08-30T12:36:00Z, when all requests of AWS's test suite are made.
    private static let suiteMoment: Int64 = 1_440_938_160
    /// 2013-05-24T00:00:00Z, of the examples in the S3 API reference.
    private static let s3Moment: Int64 = 1_369_353_600

    private func authorization(
        _ request: SignableRequest,
        service: String = "service",
        token: String? = nil
    ) throws -> String {
        let isS3 = service == "s3"
        let credentials = AWSCredentials(
            accessKeyID: isS3 ? "AKIAIOSFODNN7EXAMPLE" : "AKIDEXAMPLE",
            secretAccessKey: "wJalrXUtnFEMI/K7MDENG\(isS3 ? "/" : "+")bPxRfiCYEXAMPLEKEY",
            sessionToken: token,
            source: "a test"
        )
        let signature = SignatureV4(credentials: credentials, region: "us-east-1", service: service)
        let moment = isS3 ? Self.s3Moment : Self.suiteMoment
        return try signature.headers(for: request, unixSeconds: moment).last?.value ?? ""
    }

    private func signature(
        _ method: String = "GET",
        _ path: String = "/",
        _ query: [(String, String)] = [],
        _ headers: [(String, String)] = [],
        _ body: String = "",
        token: String? = nil
    ) throws -> String {
        let request = SignableRequest(
            method,
            path: path,
            query: query.map { ($0.0, $0.1) },
            headers: [("Host", "example.amazonaws.com")] + headers.map { ($0.0, $0.1) },
            body: Array(body.utf8)
        )
        let text = try authorization(request, token: token)
        return String(text.split(separator: "Signature=").last ?? "")
    }

    @Test("the guide's GET ListUsers, with the query in another order")
    func listUsers() throws {
        let request = SignableRequest(
            "GET",
            query: [("Version", "2010-05-08"), ("Action", "ListUsers")],
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), ("Host", "iam.amazonaws.com"),
            ]
        )
        #expect(
            try authorization(request, service: "iam")
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                + "SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        )
    }

    @Test("aws-sig-v4-test-suite: plain requests")
    func plain() throws {
        #expect(try signature() == "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
        #expect(try signature("POST") == "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")
        let form = [("Content-Type", "application/x-www-form-urlencoded")]
        #expect(
            try signature("POST", "/", [], form, "Param1=value1")
                == "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        )
    }

    @Test("aws-sig-v4-test-suite: queries that are unsorted, and with unicode")
    func queries() throws {
        #expect(
            try signature("GET", "/", [("Param2", "value2"), ("Param1", "value1")])
                == "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        )
        #expect(
            try signature("GET", "/", [("ሴ", "bar")])
                == "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"
        )
    }

    @Test("aws-sig-v4-test-suite: paths, which are encoded once more than they are on the wire")
    func paths() throws {
        let unreserved = "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        #expect(
            try signature("GET", unreserved) == "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"
        )
        #expect(try signature("GET", "/ሴ") == "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")
        #expect(
            try signature("GET", "/example space/")
                == "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"
        )
        for path in ["/", "//", "/./", "/example/..", "/example1/example2/../.."] {
            #expect(
                try signature("GET", path) == "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "\(path)"
            )
        }
        let encoded = SignableRequest("GET", path: "/a%20b", headers: [])
        #expect(encoded.canonicalPath == "/a%2520b")
        #expect(SignableRequest("GET", path: "/a%20b", headers: [], pathRules: .verbatim).canonicalPath == "/a%20b")
    }

    @Test("aws-sig-v4-test-suite: header fields")
    func headers() throws {
        #expect(
            try signature("POST", "/", [], [("My-Header1", "value1")])
                == "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"
        )
        let request = SignableRequest("GET", headers: [("X-B", "  two   words "), ("x-a", "1"), ("X-A", "2")])
        #expect(request.canonicalHeaders.map { "\($0.name):\($0.value)" } == ["x-a:1,2", "x-b:two words"])
    }

    @Test("the token of temporary credentials is signed, and replaces one that is there")
    func token() throws {
        let token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267"
        let wanted = "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"
        #expect(try signature(token: token) == wanted)
        #expect(try signature("GET", "/", [], [("x-amz-security-token", "old")], token: token) == wanted)
    }

    private static let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @Test(
        "the S3 reference's examples: a name without value, an unsorted query, an object",
        arguments: [
            ("/", [("lifecycle", "")], [], "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
            (
                "/", [("prefix", "J"), ("max-keys", "2")], [],
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
            ),
            (
                "/test.txt", [], [("Range", "bytes=0-9")],
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
            ),
        ] as [(String, [(String, String)], [(String, String)], String)]
    )
    func s3(_ path: String, _ query: [(String, String)], _ headers: [(String, String)], _ wanted: String) throws {
        let fixed = [("Host", "examplebucket.s3.amazonaws.com"), ("x-amz-content-sha256", Self.nothing)]
        let request = SignableRequest(
            "GET",
            path: path,
            query: query.map { ($0.0, $0.1) },
            headers: (fixed + headers).map { ($0.0, $0.1) },
            pathRules: .verbatim
        )
        #expect(try authorization(request, service: "s3").hasSuffix("Signature=\(wanted)"))
    }

    @Test("the S3 reference's PUT: the path is not encoded again, and the given digest of the body counts")
    func s3Put() throws {
        let request = SignableRequest(
            "PUT",
            path: "/test%24file.text",
            headers: [
                ("Host", "examplebucket.s3.amazonaws.com"), ("Date", "Fri, 24 May 2013 00:00:00 GMT"),
                ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
                ("x-amz-content-sha256", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"),
            ],
            body: Array("Welcome to Amazon S3.".utf8),
            pathRules: .verbatim
        )
        let wanted = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        #expect(try authorization(request, service: "s3").hasSuffix("Signature=\(wanted)"))
    }
}
