#!/bin/sh
# Makes snapshots of AWS accounts for baselint. It only reads: every call gets, lists or describes, but for the one that
# asks AWS to make the credential report, and those that open a session in another account.
#
#   sh snapshot.sh                                   the account that the AWS CLI is signed in to
#   sh snapshot.sh --organization ROLE_NAME          every active account of the organization, through that role
#   sh snapshot.sh --organization ROLE_NAME --root-sessions --region REGION
#                                                    the same, and root's own credentials of the member accounts
#   sh snapshot.sh --policy [--organization ROLE_NAME] [--root-sessions]
#                                                    print the IAM policy that this needs, and do nothing
#
# Run it again to repeat what failed, or with more options to ask for more. What was answered is not asked for again.
set -eu
umask 077
export AWS_PAGER=''

output=snapshot
role=
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
root_sessions=
policy=
# Error texts that are answers: there is none, it is off, or another account would have to ask.
answers='NoSuchEntity|ResourceNotFoundException|AWSOrganizationsNotInUseException|ServiceAccessNotEnabledException'
answers="$answers|OrganizationNotFoundException|OrganizationNotInAllFeaturesModeException"
answers="$answers|AccountNotManagementOrDelegatedAdministratorException"

wrong() {
    printf 'snapshot.sh: %s\n' "$1" >&2
    exit 2
}

usage() {
    printf '%s\n' 'usage: sh snapshot.sh [--output DIRECTORY] [--region REGION] [--organization ROLE_NAME [--root-sessions]] [--policy]'
    printf '%s\n' '  --output DIRECTORY        where the snapshots go, a directory for each account (default: snapshot)'
    printf '%s\n' '  --region REGION           the region of IAM Identity Center, and of the sessions (default: AWS_REGION)'
    printf '%s\n' '  --organization ROLE_NAME  every active account of the organization, through a role of this name'
    printf '%s\n' '  --root-sessions           also list the credentials of root in member accounts; needs central root access'
    printf '%s\n' '  --policy                  print the IAM policy that is needed, and do nothing'
    printf '%s\n' 'exit codes: 0 every call was answered, if only by "there is none"; 1 a call failed, or an account could not be read; 2 wrong usage'
}

while [ $# -gt 0 ]; do
    case $1 in
    --output | --region | --organization)
        [ $# -gt 1 ] && [ -n "$2" ] || wrong "$1 needs a value"
        case $1 in
        --output) output=$2 ;;
        --region) region=$2 ;;
        *) role=$2 ;;
        esac
        shift
        ;;
    --root-sessions) root_sessions=yes ;;
    --policy) policy=yes ;;
    -h | --help)
        usage
        exit 0
        ;;
    *) wrong "there is no option $1; see --help" ;;
    esac
    shift
done
[ -z "$root_sessions" ] || [ -n "$role" ] || wrong '--root-sessions needs --organization'
case $role in *[!A-Za-z0-9+=,.@_/-]*) wrong 'the name of the role holds a character that no role has' ;; esac
case $region in *[!a-z0-9-]*) wrong 'the name of the region holds a character that no region has' ;; esac

if [ -n "$policy" ]; then
    printf '{\n  "Version": "2012-10-17",\n  "Statement": [\n'
    cat <<'STATEMENTS'
@ACCOUNT_STATEMENTS@
STATEMENTS
    if [ -n "$role" ]; then
        printf '    ,\n'
        sed "s|ROLE_NAME|$role|" <<'STATEMENTS'
@ORGANIZATION_STATEMENTS@
STATEMENTS
    fi
    if [ -n "$root_sessions" ]; then
        printf '    ,\n'
        cat <<'STATEMENTS'
@ROOT_STATEMENTS@
STATEMENTS
    fi
    printf '  ]\n}\n'
    exit 0
fi

[ -z "$root_sessions" ] || [ -n "$region" ] || wrong '--root-sessions needs --region: the call has no global endpoint'
command -v aws >/dev/null || wrong 'the AWS CLI is not installed'
if command -v sha256sum >/dev/null; then
    hash_of() { sha256sum "$1" | cut -d ' ' -f 1; }
elif command -v shasum >/dev/null; then
    hash_of() { shasum -a 256 "$1" | cut -d ' ' -f 1; }
else
    wrong 'neither sha256sum nor shasum is installed'
fi
tool=$(aws --version 2>&1 | head -n 1 | cut -d ' ' -f 1 | tr -cd 'A-Za-z0-9/._-')

escaped() {
    printf '%s' "$1" | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g'
}

# values_of NAME: the values that stand for a word of a call, one a line; none where they are not known.
values_of() {
    case $1 in
    REGION) printf '%s\n' "$region" ;;
    ACCOUNT_ID) printf '%s\n' "$account" ;;
    POLICY_ID) sed -n 's/.*"Id": *"\(p-[0-9A-Za-z_]*\)".*/\1/p' "$directory/service-control-policies.json" 2>/dev/null | grep -v '^p-FullAWSAccess$' || : ;;
    ACCESS_KEY_ID) sed -n 's/.*"AccessKeyId": *"\([0-9A-Z]*\)".*/\1/p' "$directory/root-access-keys.json" 2>/dev/null || : ;;
    esac
}

# prepare SERVICE CALL: ask AWS to make the credential report, and wait until it says that it is there.
prepare() {
    [ -z "$looking" ] || return 0
    [ ! -f "$state/credential-report" ] || return 0
    tries=0
    while [ "$tries" -lt "${BASELINT_TRIES:-60}" ]; do
        case $(aws "$@" --output json 2>&1 </dev/null || :) in
        *COMPLETE*) return 0 ;;
        *STARTED* | *INPROGRESS*) sleep "${BASELINT_WAIT:-5}" ;;
        *) return 0 ;; # refused: the next call says why, and its text is kept
        esac
        tries=$((tries + 1))
    done
}

# fetch FILE SERVICE CALL...: keep the answer, or the error text, of one call, and what the manifest says of it.
fetch() {
    file=$1
    shift
    ! grep -Fqs "\"command\": \"$(escaped "aws $*")\"" "$state/$file" || return 0
    if [ -n "$looking" ]; then
        lacking=yes
        return 0
    fi
    : >"$state/asked.part"
    stamp=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    code=0
    aws "$@" --output json >"$directory/$file.json.part" 2>"$directory/$file.err.part" </dev/null || code=$?
    rm -f "$directory/$file.json" "$directory/$file.err"
    [ "$code" -ne 0 ] || rm -f "$directory/$file.err.part" # a warning beside an answer
    : >"$state/$file.part"
    for ending in json err; do
        if [ ! -s "$directory/$file.$ending.part" ]; then
            rm -f "$directory/$file.$ending.part"
            continue
        fi
        mv "$directory/$file.$ending.part" "$directory/$file.$ending"
        printf '    {"path": "%s", "command": "%s", "caller": "%s", "exit_code": %s, "sha256": "%s"%s}\n' \
            "$file.$ending" "$(escaped "aws $*")" "$(escaped "$caller")" "$code" "$(hash_of "$directory/$file.$ending")" \
            "$(captured)" >>"$state/$file.part"
    done
    rm -f "$state/$file" "$state/$file.failed"
    if [ "$code" -eq 0 ] || grep -Eq "\\(($answers)\\)" "$directory/$file.err" 2>/dev/null; then
        mv "$state/$file.part" "$state/$file"
    else
        mv "$state/$file.part" "$state/$file.failed"
    fi
}

# The credential report says itself when AWS made it, which may be hours before it was fetched.
captured() {
    [ "$file" = credential-report ] || printf ', "captured_at": "%s"' "$stamp"
}

# lacks FUNCTION: whether one of the calls in a function was not answered yet.
lacks() {
    looking=yes
    lacking=
    "$1"
    looking=
    [ -n "$lacking" ]
}

# begin NAME: choose the directory of an account, or of the organization; what its manifest names was answered.
begin() {
    directory=$output/$1
    state=$output.state/$1
    complete=yes
    if [ -f "$directory/manifest.json" ] && [ ! -d "$state" ]; then
        mkdir -p "$state"
        while read -r line; do
            case $line in '{"path": "'*) ;; *) continue ;; esac
            file=${line#*'"path": "'}
            file=${file%%'"'*}
            [ ! -f "$directory/$file" ] || printf '    %s\n' "${line%,}" >>"$state/${file%.*}"
        done <"$directory/manifest.json"
    fi
    mkdir -p "$directory" "$state"
    rm -f "$state/asked.part"
}

# finish NAME [ACCOUNT]: write the manifest, and say what failed; $complete is empty when a session was refused.
finish() {
    if [ -n "$complete" ] && [ ! -f "$state/asked.part" ]; then
        printf '%s: complete already\n' "$1" >&2
        rm -rf "$state"
        return 0
    fi
    {
        printf '{\n  "kind": "snapshot-manifest",\n'
        [ -z "${2:-}" ] || printf '  "account": "%s",\n' "$2"
        printf '  "tool": "%s",\n  "files": [\n' "$tool"
        find "$state" -type f ! -name '*.part' -exec cat {} + | sort | sed '$!s/$/,/'
        printf '  ]\n}\n'
    } >"$directory/manifest.json.part"
    mv "$directory/manifest.json.part" "$directory/manifest.json"
    failed=$(find "$state" -name '*.failed' | wc -l)
    printf '%s: %s calls answered, %s failed\n' "$1" "$(find "$state" -type f ! -name '*.*' | wc -l | tr -d ' ')" "$(printf '%s' "$failed" | tr -d ' ')" >&2
    find "$state" -name '*.failed' -exec basename {} .failed \; | sort | while read -r name; do
        printf '  %s: %s\n' "$name" "$(tr -d '\000-\010\013-\037' <"$directory/$name.err" 2>/dev/null | grep . | tail -n 1)" >&2
    done
    if [ "$failed" -gt 0 ] || [ -z "$complete" ]; then
        trouble=yes
    else
        rm -rf "$state"
    fi
}

account_calls() {
    @ACCOUNT_CALLS@
}

root_calls() {
    @ROOT_CALLS@
}

organization_calls() {
    @ORGANIZATION_CALLS@
}

member_calls() {
    @MEMBER_CALLS@
}

# field NAME: a field of the identity that stands in $identity.
field() {
    printf '%s\n' "$identity" | sed -n "s/.*\"$1\": *\"\\([^\"]*\\)\".*/\\1/p" | head -n 1
}

# identify: who is asking, and in which account; false when AWS does not say it.
identify() {
    identity=$(aws sts get-caller-identity --output json </dev/null) || return 1
    account=$(field Account)
    caller=$(field Arn)
    case $account in *[!0-9]* | '') return 1 ;; esac
}

# with CREDENTIALS FUNCTION: run a function with the credentials of a session, which live in this process only.
with() {
    # shellcheck disable=SC2086 # three words, without spaces in them
    set -- "$2" $1
    [ $# -eq 4 ] || return 1
    (
        unset AWS_PROFILE AWS_DEFAULT_PROFILE
        export AWS_ACCESS_KEY_ID="$2" AWS_SECRET_ACCESS_KEY="$3" AWS_SESSION_TOKEN="$4"
        "$1"
    )
}

session() {
    aws sts "$@" --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text </dev/null
}

# refused CALL: keep why no session could be opened.
refused() {
    printf '%s: %s was refused: %s\n' "$account" "$1" "$(grep . "$directory/$1.err" | tail -n 1)" >&2
}

signed_in_calls() {
    identity=$(aws sts get-caller-identity --output json </dev/null) || return 1
    caller=$(field Arn)
    [ "$(field Account)" = "$account" ] || return 1
    account_calls
}

# member: one account of the organization; false when its role cannot be used.
member() {
    begin "$account"
    readable=yes
    member_calls
    if ! lacks account_calls; then
        :
    elif credentials=$(session assume-role --role-arn "arn:$partition:iam::$account:role/$role" --role-session-name baselint 2>"$directory/assume-role.err"); then
        rm -f "$directory/assume-role.err"
        with "$credentials" signed_in_calls || readable=
    else
        refused assume-role
        readable=
    fi
    if [ -n "$root_sessions" ] && lacks root_calls; then
        if credentials=$(session assume-root --region "$region" --target-principal "$account" --duration-seconds 900 \
            --task-policy-arn "arn=arn:$partition:iam::aws:policy/root-task/IAMAuditRootUserCredentials" 2>"$directory/assume-root.err"); then
            rm -f "$directory/assume-root.err"
            caller=arn:$partition:iam::$account:root
            with "$credentials" root_calls || complete=
        else
            refused assume-root
            complete=
        fi
    fi
    [ -n "$readable" ] || complete=
    finish "$account" "$account"
    [ -n "$readable" ]
}

identify || wrong 'AWS does not say who is asking; sign in first, and try: aws sts get-caller-identity'
partition=$(printf '%s' "$caller" | cut -d : -f 2)
own=$account
own_caller=$caller
lost=0
trouble=
looking=

begin "$own"
account_calls
finish "$own" "$own"
if [ -n "$role" ]; then
    begin organization
    organization_calls
    finish organization
    # AWS replaces Status by State; where an answer has both, State counts.
    accounts=$(aws organizations list-accounts --query "Accounts[?(State || Status)=='ACTIVE'].Id" --output text </dev/null) ||
        wrong 'the accounts of the organization cannot be listed; ask from its management account'
    case $accounts in *[0-9]*) ;; *) wrong 'AWS names no active account of the organization, not even this one; nothing more was asked' ;; esac
    for account in $accounts; do
        [ "$account" != "$own" ] || continue
        caller=$own_caller
        member || lost=$((lost + 1))
    done
fi
[ ! -d "$output.state" ] || rmdir "$output.state" 2>/dev/null || :
if [ "$lost" -gt 0 ]; then
    printf 'snapshot.sh: %s account(s) could not be read\n' "$lost" >&2
fi
[ -z "$trouble" ] || exit 1
