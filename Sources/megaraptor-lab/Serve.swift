// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValue
import MegaraptorErrors
import VelociraptorLab

/// `megaraptor-lab serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer on 127.0.0.1 until SIGTERM or SIGINT.",
        discussion: """
            When the server answers, one line of JSON is printed: \
            {"ready":true,"port":…,"api_client":"DIR/api_client.yaml"}.
            The folder then holds one API client file for each kind of user: api_client.yaml (administrator), \
            api_investigator.yaml, api_reader.yaml (may run no query), api_readapi.yaml, api_onlyapi.yaml, \
            api_norights.yaml, and the broken ones api_unknown.yaml, api_expired.yaml and api_foreign.yaml. \
            They keep working when the lab is started again with the same folder.

            The administrator and the investigator also have rights in the organisation O8MH0, and nobody in OKQ3T.

            Faults on demand: while DIR/fault exists, every call fails as it says; a query can bring its own in the \
            environment variable LAB_FAULT of its request. Entries, parted by commas: delay=MS, row_delay=MS, \
            drop_after=ROWS (the connections break), unavailable.
            """
    )

    @Option(name: .long, help: "Where the lab keeps its authority, its keys and the API client files.")
    var directory: String

    @Option(name: .long, help: "The port; 0 for the one this folder had last, or any free one.")
    var port = 0

    @Option(name: .long, help: "How many clients the server has, 12 to 50000.")
    var clients = 12

    @Option(name: .long, help: "Milliseconds before each call is answered.")
    var latency = 0

    @Option(name: .long, help: "Milliseconds from the request for a collection to its results.")
    var collectionTime = 300

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
        guard (0...LabOptions.maxClients).contains(clients) else {
            throw ValidationError("A lab has at most \(LabOptions.maxClients) clients.")
        }
        guard latency >= 0, collectionTime >= 0 else { throw ValidationError("A time is not negative.") }
    }

    func run() async throws {
        // Before anything can end the lab: a signal during the start must not leave it half made.
        let end = TerminationSignals()
        let lab: RunningLab
        do {
            lab = try await Lab.start(
                LabOptions(
                    directory: directory,
                    port: port,
                    clients: clients,
                    latency: latency,
                    collectionTime: collectionTime
                )
            )
        } catch {
            throw ValidationError(error.description)
        }
        let ready: JSONValue = ["ready": true, "port": JSONValue(lab.port), "api_client": .string(lab.apiFile())]
        StandardOutput.write(line: ready.json())
        await end.wait()
        await lab.stop()
    }
}
