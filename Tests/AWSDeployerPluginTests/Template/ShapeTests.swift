// SPDX-License-Identifier: Apache-2.0

import DeployerKit
import Foundation
import JSONValue
import MegaraptorErrors
import Testing
import YAMLSource

@testable import AWSDeployerPlugin

@Suite("The CloudFormation template")
struct ShapeTests {
    @Test("is small enough to come with the call", arguments: TemplateCase.all)
    func size(_ row: TemplateCase) throws {
        let body = try row.template().body
        #expect(body.utf8.count < StackTemplate.sizeLimit)
        if let folder = ProcessInfo.processInfo.environment["MEGARAPTOR_DUMP"] {
            try Data(body.utf8).write(to: URL(filePath: folder).appending(path: "\(row.testDescription).yaml"))
        }
    }
}
