// SPDX-License-Identifier: Apache-2.0

import JSONValue

/// A script in PowerShell for what a rollout does on a Windows machine: functions `Open-Work`, which is told a wish,
/// `Add-Work`, which takes a line, and `Close-Work`, which says what came of it.
struct WindowsScript: Sendable {
    /// For the words of a failure.
    let name: String
    let text: String

    /// Takes a script and its wish from standard input, and runs it. `cmd.exe` takes no more than 8191 characters, and
    /// everybody on the machine can see them.
    static let loader = #"""
        begin {
            $ErrorActionPreference = 'Stop'
            $ProgressPreference = 'SilentlyContinue'
            $count = 0
            function Read-Text($line) { [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line)) }
            function Write-Answer($answer) {
                $json = ConvertTo-Json -InputObject $answer -Compress -Depth 4
                'answer:' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
            }
        }
        process {
            try {
                if ($count -eq 0) { . ([ScriptBlock]::Create((Read-Text $_))) }
                elseif ($count -eq 1) { Open-Work (ConvertFrom-Json (Read-Text $_)) }
                elseif ($_) { Add-Work $_ }
                $count++
            } catch {
                Write-Answer @{ error = "$_" }
                exit 1
            }
        }
        end {
            try {
                Write-Answer (Close-Work)
            } catch {
                Write-Answer @{ error = "$_" }
                exit 1
            }
        }
        """#

    static let command: String = {
        let bytes = loader.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        return "\(shell) -EncodedCommand \(Base64.encode(bytes))"
    }()

    static let shell = "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass"
}
