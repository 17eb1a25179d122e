// SPDX-License-Identifier: Apache-2.0

/// What scripts for Windows machines do alike, as functions of PowerShell.
enum WindowsSteps {
    /// `Invoke-Msi`: installs (`/i`) or removes (`/x`) a package without asking, and says how msiexec ended.
    static let msiexec = #"""
        function Invoke-Msi([string]$Action, [string]$Package, [string]$Log, [int[]]$Fine = @(0, 3010)) {
            $arguments = @($Action, "`"$Package`"", '/qn', '/norestart', '/l*v', "`"$Log`"")
            # 1618: another installation runs. At a machine's start that is usual, and over soon.
            foreach ($attempt in 1..5) {
                $status = (Start-Process -FilePath msiexec.exe -ArgumentList $arguments -Wait -PassThru).ExitCode
                if ($status -ne 1618) { break }
                Start-Sleep -Seconds 30
            }
            if ($status -notin $Fine) { throw "msiexec ended with $status; see $Log." }
            return $status
        }

        """#

    /// `Protect-File`: for the system and administrators only.
    static let protection = #"""
        # The system and administrators only: with this file anybody can enrol.
        function Protect-File([string]$Path) {
            & icacls.exe $Path /inheritance:r /grant:r '*S-1-5-18:F' '*S-1-5-32-544:F' | Out-Null
            if ($LASTEXITCODE -ne 0) { throw "icacls could not protect $Path." }
        }

        """#

    /// `Set-ProtectedFile`: lays a file in another's place.
    static let replacement = #"""
        # Protected before anything is in it, and put into its place as a whole.
        function Set-ProtectedFile([string]$Source, [string]$Target) {
            $new = "$Target.new"
            New-Item -ItemType File -Path $new -Force | Out-Null
            Protect-File $new
            Copy-Item -LiteralPath $Source -Destination $new -Force
            Move-Item -LiteralPath $new -Destination $Target -Force
        }

        """#

    /// `Remove-Existing`: takes a file or folder away, or says why it stays.
    static let removal = #"""
        function Remove-Existing([string]$Path) {
            # A program that has just been ended is held for a moment.
            foreach ($attempt in 1..10) {
                if (-not (Test-Path -LiteralPath $Path)) { return }
                try {
                    Remove-Item -LiteralPath $Path -Recurse -Force
                } catch {
                    if ($attempt -eq 10) { throw }
                    Start-Sleep -Seconds 1
                }
            }
        }

        """#
}
