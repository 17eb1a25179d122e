// SPDX-License-Identifier: Apache-2.0

import VQLEvaluator

extension Flow {
    /// The files that the server keeps of a flow, as `enumerate_flow()` lists them.
    var files: [(type: String, path: String)] {
        let root = "/clients/\(request.clientID)"
        let collection = "\(root)/collections/\(id)"
        let results = sourcesWithRows.map { name -> (String, String) in
            let parts = name.split(separator: "/")
            let file = parts.count > 1 ? "\(id)/\(parts[1]).json" : "\(id).json"
            return ("Result", "fs:\(root)/artifacts/\(parts[0])/\(file)")
        }
        let uploaded = uploads.map { ("Upload", $0.storedPath(client: request.clientID, flow: id)) }
        return uploaded + [
            ("UploadMetadata", "fs:\(collection)/uploads.json"),
            ("UploadTransactions", "fs:\(collection)/upload_transactions.json"),
        ] + results + [
            ("Log", "fs:\(collection)/logs.json"), ("CollectionContext", "ds:\(collection).json.db"),
            ("Task", "ds:\(collection)/task.db"), ("Stats", "ds:\(collection)/stats.json.db"),
        ]
    }

    /// The rows of `uploads()`. `UploadId` is 0 in each of them, as on the real server.
    var uploadRows: [VQLRow] {
        let time = outcome?.finished ?? created
        return uploads.map { upload in
            let stored = upload.storedComponents(client: request.clientID, flow: id)
            let size = VQLValue.int(upload.size)
            return [
                "Timestamp": .integer(time.seconds), "started": .text(time.goText),
                "vfs_path": .text(upload.storedPath(client: request.clientID, flow: id)), "Type": "",
                "_Components": .texts(stored), "file_size": size, "_accessor": .text(upload.accessor),
                "_client_components": .texts(upload.components), "uploaded_size": size,
                "client_path": .text(upload.path),
                "Upload": [
                    "Path": .text(upload.path), "Size": size, "StoredSize": size, "Components": .texts(stored),
                    "Accessor": .text(upload.accessor), "UploadId": 0,
                ],
            ]
        }
    }
}

extension Instant {
    /// As Go prints a time: `2026-11-23 04:56:39.365 +0000 UTC`.
    var goText: String { rfc3339.dropLast().split(separator: "T").joined(separator: " ") + " +0000 UTC" }
}
