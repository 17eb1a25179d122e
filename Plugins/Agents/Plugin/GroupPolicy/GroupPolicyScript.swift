// SPDX-License-Identifier: Apache-2.0

/// The start-up script for machines of a domain: installs the vendor's MSI as it is, and lays the configuration where the
/// MSI's service reads it.
struct GroupPolicyScript: Sendable {
    /// Under which the script writes to the event log `Application`.
    static let eventSource = "VelociraptorPolicy"

    let payload: String
    let sha256: String

    /// Runs at each start as the system's own account, so it does nothing where nothing has changed.
    var text: String {
        [
            Self.head, Self.helpers, WindowsSteps.msiexec, WindowsSteps.protection, WindowsSteps.replacement,
            installer, Self.configuration,
        ].joined(separator: "\n")
    }

    private static let head = #"""
        #Requires -RunAsAdministrator
        # Installs the Velociraptor agent at a machine's start, and keeps its configuration up to date. It changes nothing
        # where all is as it should be. -ConfigurationOnly: the MSI is assigned by software installation.
        [CmdletBinding()]
        param([switch]$ConfigurationOnly)

        Set-StrictMode -Version Latest
        $ErrorActionPreference = 'Stop'
        """#
        + "\n\n" + """
            $source = '\(eventSource)'
            $service = '\(WindowsBundle.service)'
            $target = '\(WindowsBundle.config)'

            """

    private static let helpers = #"""
        function Write-Log([string]$Text, [string]$Type = 'Information', [int]$Id = 1) {
            if (-not [System.Diagnostics.EventLog]::SourceExists($source)) {
                New-EventLog -LogName Application -Source $source
            }
            Write-EventLog -LogName Application -Source $source -EntryType $Type -EventId $Id -Message $Text
        }

        function Get-ProductCode([string]$Path) {
            $installer = New-Object -ComObject WindowsInstaller.Installer
            $database = $installer.GetType().InvokeMember('OpenDatabase', 'InvokeMethod', $null, $installer, @($Path, 0))
            $query = 'SELECT `Value` FROM `Property` WHERE `Property` = ''ProductCode'''
            $view = $database.GetType().InvokeMember('OpenView', 'InvokeMethod', $null, $database, @($query))
            [void]$view.GetType().InvokeMember('Execute', 'InvokeMethod', $null, $view, $null)
            $record = $view.GetType().InvokeMember('Fetch', 'InvokeMethod', $null, $view, $null)
            $code = $record.GetType().InvokeMember('StringData', 'GetProperty', $null, $record, @(1))
            # An open database would keep the file from being removed.
            foreach ($object in $record, $view, $database, $installer) {
                [void][System.Runtime.InteropServices.Marshal]::FinalReleaseComObject($object)
            }
            return $code
        }

        """#

    private var installer: String {
        """
        function Install-Agent {
            $shared = Join-Path $PSScriptRoot '\(payload)'
            # Of the file on the share only a few pages are read for this, at each start of each machine.
            $code = Get-ProductCode $shared
            if (Test-Path "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\$code") { return }
            # Checked and run from a folder that only administrators write, not from the share.
            $folder = Join-Path $env:ProgramFiles 'Velociraptor Setup'
            New-Item -ItemType Directory -Path $folder -Force | Out-Null
            $package = Join-Path $folder '\(payload)'
            try {
                Copy-Item -LiteralPath $shared -Destination $package -Force
                $sum = (Get-FileHash -LiteralPath $package -Algorithm SHA256).Hash
                if ($sum -ne '\(sha256)') {
                    throw "\(payload) has the SHA-256 $sum, which is not the one it was packed with."
                }
                $log = Join-Path $env:SystemRoot 'Logs\\velociraptor-msi.log'
                $status = Invoke-Msi '/i' $package $log
                Write-Log "The Velociraptor agent was installed; msiexec ended with $status."
            } finally {
                Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
            }
        }

        """
    }

    private static let configuration = #"""
        function Update-Configuration {
            $config = Join-Path $PSScriptRoot 'client.config.yaml'
            $isSame = (Test-Path -LiteralPath $target) -and
                (Get-FileHash -LiteralPath $target).Hash -eq (Get-FileHash -LiteralPath $config).Hash
            if ($isSame) {
                if (-not (Get-Acl -LiteralPath $target).AreAccessRulesProtected) { Protect-File $target }
                return $false
            }
            Set-ProtectedFile $config $target
            return $true
        }

        try {
            if (-not $ConfigurationOnly) { Install-Agent }
            if (-not (Get-Service -Name $service -ErrorAction SilentlyContinue)) {
                Write-Log "The service $service is not there yet; the next start of this machine tries again." 'Warning' 2
                exit 0
            }
            if (Update-Configuration) {
                Restart-Service -Name $service -Force
                Write-Log 'The configuration of the Velociraptor agent was changed, and its service restarted.'
            } elseif ((Get-Service -Name $service).Status -ne 'Running') {
                Start-Service -Name $service
                Write-Log "The service $service did not run, and was started." 'Warning' 3
            }
        } catch {
            Write-Log "The Velociraptor agent could not be set up: $_" 'Error' 4
            exit 1
        }

        """#
}
