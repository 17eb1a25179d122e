// SPDX-License-Identifier: Apache-2.0

import AuditLog
import JSONValue
import Testing

@Suite("What of a call's arguments is kept")
struct RedactionTests {
    @Test(
        "Values under telling names are left out, however deep they lie and whatever they are",
        arguments: [
            "password", "Passwd", "db_password", "apiToken", "access-token", "client_secret", "credentials", "key",
            "api_key", "privateKey", "ssh_keys", "Authorization", "cookie", "passphrase",
        ]
    )
    func names(name: String) {
        let object = JSONValue.object(JSONObject([(name, JSONValue.string("hunter2"))]))
        let nested = JSONValue.object(JSONObject([(name, JSONValue.object(["user": "x", "value": "hunter2"]))]))
        let kept = RecordRedactor().redacted(["list": [object], "nested": nested, "client_id": "C.1"])
        #expect(!kept.json().contains("hunter2"))
        #expect(kept["list"]?.arrayValue?.first?[name] == "[redacted]" && kept["client_id"] == "C.1")
    }

    @Test("Ordinary names stay", arguments: ["keyboard", "client_id", "artifact", "turnkeys_left", "path"])
    func ordinary(name: String) {
        let object = JSONValue.object(JSONObject([(name, JSONValue.integer(7))]))
        #expect(RecordRedactor().redacted(object) == object)
    }

    @Test("Known secrets are taken out of texts and names")
    func known() {
        let redactor = RecordRedactor {
            $0.split(separator: "s3cr3t", omittingEmptySubsequences: false).joined(separator: "***")
        }
        let kept = redactor.redacted(["vql": "SELECT 's3cr3t' FROM info()", "s3cr3t": [["x-s3cr3t"]]])
        #expect(kept == ["vql": "SELECT '***' FROM info()", "***": [["x-***"]]])
    }

    @Test("A long text is shortened and says how long it was")
    func long() {
        let kept = RecordRedactor().redacted(["text": .string(String(repeating: "ü", count: 5000))])
        let text = kept["text"]?.stringValue ?? ""
        #expect(text.hasPrefix("üüü") && text.hasSuffix("… [10000 bytes]") && text.utf8.count < 1100)
    }

    @Test("However much is given, no more than 8 KiB are kept")
    func bounded() {
        let texts = (0..<40).map { _ in JSONValue.string(String(repeating: "x", count: 900)) }
        let many = RecordRedactor().redacted(["list": .array(texts)])
        #expect(many["list"]?.arrayValue?.count == 40 && many.jsonBytes().count <= 8192)
        let tooMany = RecordRedactor().redacted(["list": .array((0..<5000).map { JSONValue($0) })])
        #expect(tooMany.stringValue?.hasSuffix(" bytes]") == true)
        let number = String(repeating: "9", count: 100_000)
        do {
            let long = try JSONValue(json: "[\(number)]")
            #expect(RecordRedactor().redacted(long).jsonBytes().count < 2000)
        } catch {
            Issue.record(error)
        }
    }
}
