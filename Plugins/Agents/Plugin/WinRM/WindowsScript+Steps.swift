// SPDX-License-Identifier: Apache-2.0

extension WindowsScript {
    /// Where files wait for the installation: a folder that only administrators write in.
    static let waitingFolder = "Velociraptor Setup"
    /// Says which installer brought the program that is there, by both sums.
    static let markFile = "megaraptor-installer.txt"

    /// What the machine is, and what there is of an agent. Changes nothing.
    static let look = WindowsScript(
        name: "looking for an agent",
        text: #"""
            # megaraptor: look
            function Open-Work($wish) { $global:wish = $wish }
            function Add-Work($line) { throw 'Nothing more is wanted.' }
            function Get-Sum($path) {
                if (-not (Test-Path -LiteralPath $path)) { return '' }
                (Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash.ToLowerInvariant()
            }
            function Get-Content64($path) {
                if (-not (Test-Path -LiteralPath $path)) { return '' }
                [Convert]::ToBase64String([IO.File]::ReadAllBytes($path))
            }
            function Close-Work {
                $folder = Join-Path $env:ProgramFiles 'Velociraptor'
                $waiting = Join-Path $env:ProgramFiles $global:wish.waiting
                # The service is the system's own user.
                $temporary = [Environment]::GetEnvironmentVariable('TEMP', 'Machine')
                $own = (Join-Path $folder 'velociraptor.writeback.yaml'),
                    (Join-Path $folder 'velociraptor.writeback.yaml.bak'),
                    (Join-Path $temporary $global:wish.buffer)
                $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
                $principal = New-Object Security.Principal.WindowsPrincipal($identity)
                $service = Get-Service -Name 'Velociraptor' -ErrorAction SilentlyContinue
                @{
                    hostname = [Net.Dns]::GetHostName()
                    processor = $env:PROCESSOR_ARCHITECTURE
                    program_files = $env:ProgramFiles
                    is_administrator = $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
                    service = $(if ($service) { [string]$service.Status } else { '' })
                    program = Get-Sum (Join-Path $folder 'Velociraptor.exe')
                    installer_config = Get-Content64 (Join-Path $folder 'client.config.yaml')
                    program_config = Get-Content64 (Join-Path $folder 'Velociraptor.config.yaml')
                    mark = Get-Content64 (Join-Path $folder $global:wish.mark)
                    waiting = $(if ($global:wish.payload) { Get-Sum (Join-Path $waiting $global:wish.payload) })
                    own_files = @($own | Where-Object { Test-Path -LiteralPath $_ })
                }
            }
            """#
    )

    /// Takes a file in pieces into the folder where files wait, and says its sum.
    static let receive = WindowsScript(
        name: "taking a file",
        text: #"""
            # megaraptor: receive
            function Open-Work($wish) {
                $folder = Join-Path $env:ProgramFiles $wish.waiting
                New-Item -ItemType Directory -Path $folder -Force | Out-Null
                # The system and administrators only, before anything is in it.
                & icacls.exe $folder /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
                if ($LASTEXITCODE -ne 0) { throw "icacls could not protect $folder." }
                $global:path = Join-Path $folder $wish.name
                $global:file = [IO.File]::Create($global:path)
            }
            function Add-Work($line) {
                $bytes = [Convert]::FromBase64String($line)
                $global:file.Write($bytes, 0, $bytes.Length)
            }
            function Close-Work {
                $global:file.Dispose()
                @{ sha256 = (Get-FileHash -LiteralPath $global:path -Algorithm SHA256).Hash.ToLowerInvariant() }
            }
            """#
    )

    /// Looks whether the service goes on running, writes down what was installed, and takes the files away.
    static let settle = WindowsScript(
        name: "looking whether the service runs",
        text: #"""
            # megaraptor: settle
            function Open-Work($wish) { $global:wish = $wish }
            function Add-Work($line) { throw 'Nothing more is wanted.' }
            function Close-Work {
                $folder = Join-Path $env:ProgramFiles 'Velociraptor'
                foreach ($look in 1..3) {
                    Start-Sleep -Seconds 1
                    $status = [string](Get-Service -Name 'Velociraptor').Status
                    if ($status -ne 'Running') { throw "The service Velociraptor does not keep running: $status." }
                }
                $sum = (Get-FileHash -LiteralPath (Join-Path $folder 'Velociraptor.exe') -Algorithm SHA256).Hash
                $mark = '{0} {1}' -f $global:wish.installer, $sum.ToLowerInvariant()
                [IO.File]::WriteAllText((Join-Path $folder $global:wish.mark), $mark)
                $waiting = Join-Path $env:ProgramFiles $global:wish.waiting
                Remove-Item -LiteralPath $waiting -Recurse -Force -ErrorAction SilentlyContinue
                @{ program = $sum.ToLowerInvariant() }
            }
            """#
    )

    /// Takes away the files that waited.
    static let leave = WindowsScript(
        name: "taking the scripts away",
        text: #"""
            # megaraptor: leave
            function Open-Work($wish) { $global:wish = $wish }
            function Add-Work($line) { throw 'Nothing more is wanted.' }
            function Close-Work {
                $waiting = Join-Path $env:ProgramFiles $global:wish.waiting
                if (Test-Path -LiteralPath $waiting) { Remove-Item -LiteralPath $waiting -Recurse -Force }
                @{}
            }
            """#
    )
}
