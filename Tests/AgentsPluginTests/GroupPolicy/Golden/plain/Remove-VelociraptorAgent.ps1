#Requires -RunAsAdministrator
# Removes the Velociraptor agent. -Wipe also removes its key: installed again, the machine is a new client.
[CmdletBinding()]
param([switch]$Wipe, [string]$Log = "$env:TEMP\velociraptor-remove.log")

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$folder = 'C:\Program Files\Velociraptor'
$configs = "$folder\client.config.yaml", "$folder\Velociraptor.config.yaml"

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

function Get-Rest { if (Test-Path -LiteralPath $folder) { Get-ChildItem -LiteralPath $folder -Force } }

$keys = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*',
    'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
$products = @(Get-ItemProperty -Path $keys -ErrorAction SilentlyContinue |
    Where-Object { $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -eq 'Velociraptor' } |
    Where-Object { $_.PSChildName -match '^\{[0-9A-Fa-f-]+\}$' })
# 1605: only the entry was left of it.
foreach ($product in $products) { [void](Invoke-Msi '/x' $product.PSChildName $Log @(0, 1605, 3010)) }

if (Get-Service -Name 'Velociraptor' -ErrorAction SilentlyContinue) {
    Stop-Service -Name 'Velociraptor' -Force
    & sc.exe delete 'Velociraptor' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "sc.exe delete Velociraptor ended with $LASTEXITCODE." }
}

Remove-Existing "$folder\Velociraptor.exe"
Remove-Existing "$folder\megaraptor-installer.txt"
if ($Wipe) {
    @(Get-Rest) | Where-Object { $_.FullName -notin $configs } | ForEach-Object { Remove-Existing $_.FullName }
    # Where the service, as the system's own user, keeps what it could not send yet.
    $temporary = [Environment]::GetEnvironmentVariable('TEMP', 'Machine')
    Remove-Existing (Join-Path $temporary 'Velociraptor_Buffer.bin')
}
foreach ($config in $configs) { Remove-Existing $config }
if (@(Get-Rest).Count -eq 0) { Remove-Existing $folder }
Write-Output 'The Velociraptor agent is removed.'
