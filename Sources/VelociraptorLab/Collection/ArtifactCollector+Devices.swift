// SPDX-License-Identifier: Apache-2.0

import JSONValue

extension ArtifactCollector {
    /// Extensions of browsers, and devices that were plugged in.
    static let devices: [ArtifactCollector] = [
        ArtifactCollector("Windows.Applications.Chrome.Extensions", on: [.windows]) { site in
            site.extensions { #"C:\Users\"# + $0 + #"\AppData\Local\Google\Chrome\User Data\Default\Extensions\"# }
        },
        ArtifactCollector("Linux.Applications.Chrome.Extensions", on: [.linux]) { site in
            site.extensions { "/home/\($0)/.config/google-chrome/Default/Extensions/" }
        },
        ArtifactCollector(
            "Windows.Forensics.Amcache",
            sources: amcacheSources.map { name in
                Source(name: name, systems: [.windows]) { name == "InventoryDevicePnp" ? $0.pluggedDevices : [] }
            }
        ),
    ]

    private static let amcacheSources = [
        "File", "Programs", "Generic", "InventoryDriverBinary", "InventoryApplication", "InventoryDeviceContainer",
        "InventoryDriverPackage", "InventoryApplicationFile", "InventoryDevicePnp", "InventoryApplicationShortcut",
    ]
}

extension ArtifactCollector.Site {
    /// Who has a home here has the extension of the office's password manager.
    fileprivate func extensions(in folder: (String) -> String) -> [JSONObject] {
        machine.accounts.filter { $0.id >= 1000 }.map { account in
            let identifier = "kfobgiangghmjpnnlhbmdpjkfanphlbe"
            return [
                "Uid": .text(account.id), "User": .string(account.name), "Name": "Office Vault",
                "Description": "Fills in passwords from the office's vault.", "Identifier": .string(identifier),
                "Version": "4.2.1", "Author": "Office IT", "Persistent": .null,
                "Path": .string(folder(account.name) + identifier), "Scopes": .null,
                "Permissions": ["storage", "tabs", "https://vault.corp.example/*"],
                "Key": .string("key of \(identifier)"),
            ]
        }
    }

    /// A mouse on each workstation, and on some a memory stick.
    fileprivate var pluggedDevices: [JSONObject] {
        var invented = Invented("devices " + endpoint.hostname)
        let stick = invented.hex(12).uppercased()
        let devices = [
            ("USB", "USB Optical Mouse", "Logitech", #"USB\VID_046D&PID_C077"#),
            ("USBSTOR", "Ultra Fit USB Device", "SanDisk", #"USBSTOR\Disk&Ven_SanDisk&Prod_Ultra_Fit\"# + stick),
            ("PCI", "PCI-to-PCI Bridge", "(Standard system devices)", #"PCI\VEN_8086&DEV_2448"#),
        ]
        return devices.map { enumerator, model, maker, identifier in
            [
                "Timestamp": .time(now.before(.days(12))), "DriverName": .null, "Enumerator": .string(enumerator),
                "Model": .string(model), "Manufacturer": .string(maker), "Description": .string(model),
                "InstallDate": .time(now.before(.days(210))), "ParentId": .null, "MatchingId": .string(identifier),
            ]
        }
    }
}
