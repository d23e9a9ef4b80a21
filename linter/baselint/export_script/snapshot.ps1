# Makes snapshots of AWS accounts for baselint. It only reads: every call gets, lists or describes, but for the one that
# asks AWS to make the credential report, and those that open a session in another account. The form for sh is run by
# the tests of baselint against a simulated AWS; this one makes the same calls, and was run less.
#
#   .\snapshot.ps1 [-Output DIRECTORY] [-Region REGION] [-Organization ROLE_NAME [-RootSessions]] [-Policy]
#
# With -Policy it prints the IAM policy that it needs, and does nothing else. Exit codes: 0 every call was answered, if only
# by "there is none"; 1 a call failed, or an account could not be read; 2 wrong usage.
param(
    [string]$Output = 'snapshot',
    [string]$Region = $env:AWS_REGION,
    [string]$Organization = '',
    [switch]$RootSessions,
    [switch]$Policy
)
$ErrorActionPreference = 'Continue'
$env:AWS_PAGER = ''
$trouble = $false
# Error texts that are answers: there is none, it is off, or another account would have to ask.
$answers = '\((NoSuchEntity|ResourceNotFoundException|AWSOrganizationsNotInUseException|ServiceAccessNotEnabledException' +
    '|OrganizationNotFoundException|OrganizationNotInAllFeaturesModeException' +
    '|AccountNotManagementOrDelegatedAdministratorException)\)'

if ($Policy) {
    $statements = @'
@ACCOUNT_STATEMENTS@
'@
    if ($Organization) {
        $statements += ",`n" + @'
@ORGANIZATION_STATEMENTS@
'@.Replace('ROLE_NAME', $Organization)
    }
    if ($RootSessions) {
        $statements += ",`n" + @'
@ROOT_STATEMENTS@
'@
    }
    "{`n  ""Version"": ""2012-10-17"",`n  ""Statement"": [`n$statements`n  ]`n}"
    exit 0
}
if ($RootSessions -and -not ($Organization -and $Region)) { Write-Error '-RootSessions needs -Organization and -Region'; exit 2 }

function Get-Values($name) {
    switch ($name) {
        'REGION' { if ($Region) { $Region } }
        'ACCOUNT_ID' { $script:account }
        'POLICY_ID' { Read-Ids 'service-control-policies.json' '"Id": *"(p-[0-9A-Za-z_]*)"' | Where-Object { $_ -ne 'p-FullAWSAccess' } }
        'ACCESS_KEY_ID' { Read-Ids 'root-access-keys.json' '"AccessKeyId": *"([0-9A-Z]*)"' }
    }
}

function Read-Ids($file, $pattern) {
    $path = Join-Path $script:directory $file
    if (Test-Path $path) { Select-String -Path $path -Pattern $pattern -AllMatches | ForEach-Object { $_.Matches } | ForEach-Object { $_.Groups[1].Value } }
}

function Wait-Report {
    for ($try = 0; $try -lt 60; $try++) {
        $answer = (& aws @args --output json 2>&1) -join ' '
        if ($answer -notmatch 'STARTED|INPROGRESS') { return }
        Start-Sleep -Seconds 5
    }
}

function Save-Answer($file) {
    $stamp = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
    $json = Join-Path $script:directory "$file.json"
    $err = Join-Path $script:directory "$file.err"
    $lines = & aws @args --output json 2>&1
    $code = $LASTEXITCODE
    # Older versions would write an error into the file as they show it on the screen, so it is taken from the record.
    $told = $lines | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { $_.Exception.Message }
    $answer = $lines | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }
    Remove-Item $json, $err -ErrorAction SilentlyContinue
    if ($answer) { $answer | Out-File -Encoding utf8 $json }
    if ($told -and $code -ne 0) { $told | Out-File -Encoding utf8 $err }
    foreach ($path in $json, $err) {
        if (-not (Test-Path $path)) { continue }
        $entry = [ordered]@{
            path = Split-Path $path -Leaf; command = "aws $args"; caller = $script:caller; exit_code = $code
            sha256 = (Get-FileHash -Algorithm SHA256 $path).Hash.ToLower()
        }
        if ($file -ne 'credential-report') { $entry.captured_at = $stamp } # AWS may have made that one hours before
        $script:entries += [pscustomobject]$entry
    }
    if ($code -ne 0 -and ($told -join ' ') -notmatch $answers) { $script:trouble = $true }
    if ($code -ne 0) { Write-Warning "$($script:directory): aws $args ended with $code; see $file.err" }
}

function Start-Directory($name) {
    $script:directory = Join-Path $Output $name
    $script:entries = @()
    New-Item -ItemType Directory -Force $script:directory | Out-Null
}

function Save-Manifest($id) {
    $manifest = [ordered]@{ kind = 'snapshot-manifest' }
    if ($id) { $manifest.account = $id }
    $manifest.tool = ((& aws --version 2>&1) -split ' ')[0]
    $manifest.files = $script:entries
    $manifest | ConvertTo-Json -Depth 4 | Out-File -Encoding utf8 (Join-Path $script:directory 'manifest.json')
}

function Invoke-AccountCalls {
    @ACCOUNT_CALLS@
}

function Invoke-RootCalls {
    @ROOT_CALLS@
}

function Invoke-OrganizationCalls {
    @ORGANIZATION_CALLS@
}

function Invoke-MemberCalls {
    @MEMBER_CALLS@
}

function Use-Session($arguments, $arn, $calls) {
    $err = Join-Path $script:directory "$($arguments[0]).err"
    $lines = & aws sts @arguments --output json 2>&1
    $told = $lines | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { $_.Exception.Message }
    $session = ($lines | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | Out-String | ConvertFrom-Json).Credentials
    Remove-Item $err -ErrorAction SilentlyContinue
    if (-not $session) {
        if ($told) { $told | Out-File -Encoding utf8 $err }
        $script:trouble = $true
        Write-Warning "$($script:account): $($arguments[0]) was refused; see $err"
        return
    }
    $before = $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY, $env:AWS_SESSION_TOKEN, $env:AWS_PROFILE
    try {
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY, $env:AWS_SESSION_TOKEN, $env:AWS_PROFILE = $session.AccessKeyId, $session.SecretAccessKey, $session.SessionToken, $null
        $script:caller = $arn
        & $calls
    } finally {
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY, $env:AWS_SESSION_TOKEN, $env:AWS_PROFILE = $before
    }
}

$identity = & aws sts get-caller-identity --output json | Out-String | ConvertFrom-Json
if (-not $identity) { Write-Error 'AWS does not say who is asking; sign in first'; exit 2 }
$own = $identity.Account
$partition = $identity.Arn.Split(':')[1]
$account = $own
$caller = $identity.Arn
Start-Directory $own
Invoke-AccountCalls
Save-Manifest $own
if ($Organization) {
    Start-Directory 'organization'
    Invoke-OrganizationCalls
    Save-Manifest ''
    $members = & aws organizations list-accounts --query "Accounts[?(State || Status)=='ACTIVE'].Id" --output json | Out-String | ConvertFrom-Json
    if (-not $members) { Write-Error 'AWS names no active account of the organization, not even this one; nothing more was asked'; exit 2 }
    foreach ($account in $members) {
        if ($account -eq $own) { continue }
        $caller = $identity.Arn
        Start-Directory $account
        Invoke-MemberCalls
        $role = "arn:${partition}:iam::${account}:role/$Organization"
        Use-Session @('assume-role', '--role-arn', $role, '--role-session-name', 'baselint') "arn:${partition}:sts::${account}:assumed-role/$($Organization.Split('/')[-1])/baselint" { Invoke-AccountCalls }
        if ($RootSessions) {
            $task = "arn=arn:${partition}:iam::aws:policy/root-task/IAMAuditRootUserCredentials"
            Use-Session @('assume-root', '--region', $Region, '--target-principal', $account, '--duration-seconds', '900', '--task-policy-arn', $task) "arn:${partition}:iam::${account}:root" { Invoke-RootCalls }
        }
        Save-Manifest $account
    }
}
if ($trouble) { exit 1 }
