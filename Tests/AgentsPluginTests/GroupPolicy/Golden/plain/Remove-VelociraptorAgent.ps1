#Requires -RunAsAdministrator
# Removes the Velociraptor agent. -Wipe also removes its key: installed again, the machine is a new client.
[CmdletBinding()]
param([switch]$Wipe)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$folder = 'C:\Program Files\Velociraptor'
$keys = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*',
    'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*'
$products = @(Get-ItemProperty -Path $keys -ErrorAction SilentlyContinue |
    Where-Object { $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -eq 'Velociraptor' })
foreach ($product in $products) {
    $result = Start-Process -FilePath msiexec.exe -ArgumentList @('/x', $product.PSChildName, '/qn', '/norestart') `
        -Wait -PassThru
    if ($result.ExitCode -notin 0, 1605, 3010) { throw "msiexec ended with $($result.ExitCode)." }
}
if (Get-Service -Name 'Velociraptor' -ErrorAction SilentlyContinue) {
    & "$folder\Velociraptor.exe" service remove
    if ($LASTEXITCODE -ne 0) { throw "velociraptor.exe service remove ended with $LASTEXITCODE." }
}
foreach ($name in 'client.config.yaml', 'Velociraptor.config.yaml', 'Velociraptor.exe') {
    Remove-Item -LiteralPath "$folder\$name" -Force -ErrorAction SilentlyContinue
}
if ($Wipe) { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue }
Write-Output 'The Velociraptor agent is removed.'
