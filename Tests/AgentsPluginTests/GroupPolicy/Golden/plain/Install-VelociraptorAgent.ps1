#Requires -RunAsAdministrator
# Installs the Velociraptor agent at a machine's start, and keeps its configuration up to date. It changes nothing
# where all is as it should be. -ConfigurationOnly: the MSI is assigned by software installation.
[CmdletBinding()]
param([switch]$ConfigurationOnly)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$source = 'VelociraptorPolicy'
$service = 'Velociraptor'
$target = 'C:\Program Files\Velociraptor\client.config.yaml'

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

# The system and administrators only: with this file anybody can enrol.
function Protect-File([string]$Path) {
    & icacls.exe $Path /inheritance:r /grant:r '*S-1-5-18:F' '*S-1-5-32-544:F' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls could not protect $Path." }
}

# Protected before anything is in it, and put into its place as a whole.
function Set-ProtectedFile([string]$Source, [string]$Target) {
    $new = "$Target.new"
    New-Item -ItemType File -Path $new -Force | Out-Null
    Protect-File $new
    Copy-Item -LiteralPath $Source -Destination $new -Force
    Move-Item -LiteralPath $new -Destination $Target -Force
}

function Install-Agent {
    $shared = Join-Path $PSScriptRoot 'velociraptor.msi'
    # Of the file on the share only a few pages are read for this, at each start of each machine.
    $code = Get-ProductCode $shared
    if (Test-Path "HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\$code") { return }
    # Checked and run from a folder that only administrators write, not from the share.
    $folder = Join-Path $env:ProgramFiles 'Velociraptor Setup'
    New-Item -ItemType Directory -Path $folder -Force | Out-Null
    $package = Join-Path $folder 'velociraptor.msi'
    try {
        Copy-Item -LiteralPath $shared -Destination $package -Force
        $sum = (Get-FileHash -LiteralPath $package -Algorithm SHA256).Hash
        if ($sum -ne 'B7AE379DF297E9250F1F7B8D8F3DCCC7735AA09DD956E0269E57F8665BDEA991') {
            throw "velociraptor.msi has the SHA-256 $sum, which is not the one it was packed with."
        }
        $log = Join-Path $env:SystemRoot 'Logs\velociraptor-msi.log'
        $status = Invoke-Msi '/i' $package $log
        Write-Log "The Velociraptor agent was installed; msiexec ended with $status."
    } finally {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
    }
}

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
