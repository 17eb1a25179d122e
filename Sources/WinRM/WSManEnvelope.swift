// SPDX-License-Identifier: Apache-2.0

/// A question in the protocol WS-Management, as MS-WSMV has it for shells.
struct WSManEnvelope: Sendable {
    static let shell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd"

    enum Action: String, Sendable {
        case create = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Create"
        case delete = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete"
        case command = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Command"
        case send = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Send"
        case receive = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Receive"
        case signal = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Signal"

        /// Whether nothing is different where it is done twice. A shell that nobody uses ends by itself.
        var isRepeatable: Bool { [.create, .delete, .signal].contains(self) }
    }

    let action: Action
    /// The endpoint's own URL.
    let url: String
    /// A UUID of this question alone.
    let messageID: String
    /// The shell that is meant; `nil` where one is made.
    let shellID: String?
    /// By name: what the shell or command is told.
    let options: [(name: String, value: String)]
    /// The content of the SOAP body, in XML.
    let body: String

    /// How long the server may take before it answers that nothing has happened.
    static let timeoutSeconds = 60
    /// The greatest answer that is taken, in bytes; what every version of Windows can send.
    private static let greatestAnswer = 153_600

    var text: String {
        let selectors = shellID.map {
            "<w:SelectorSet><w:Selector Name=\"ShellId\">\(XMLText.escape($0))</w:Selector></w:SelectorSet>"
        }
        let set = options.map { "<w:Option Name=\"\($0.name)\">\(XMLText.escape($0.value))</w:Option>" }.joined()
        let must = "s:mustUnderstand=\"true\""
        return """
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"\
             xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"\
             xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"\
             xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"\
             xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell">\
            <s:Header><a:To>\(XMLText.escape(url))</a:To>\
            <w:ResourceURI \(must)>\(Self.shell)</w:ResourceURI>\
            <a:ReplyTo><a:Address \(must)>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>\
            </a:ReplyTo><a:Action \(must)>\(action.rawValue)</a:Action>\
            <w:MaxEnvelopeSize \(must)>\(Self.greatestAnswer)</w:MaxEnvelopeSize>\
            <a:MessageID>uuid:\(messageID)</a:MessageID><w:OperationTimeout>PT\(Self.timeoutSeconds)S</w:OperationTimeout>\
            \(selectors ?? "")\(set.isEmpty ? "" : "<w:OptionSet>\(set)</w:OptionSet>")</s:Header>\
            <s:Body>\(body)</s:Body></s:Envelope>
            """
    }
}
