#!/bin/sh
# Lets reviewdog comment on a change with what is open: it reads SARIF. Ends as baselint ends, whatever reviewdog says.
set -u

baselint lint --format sarif-github "$@" >baselint.sarif
code=$?

reviewdog -f=sarif -name=baselint -reporter="${REPORTER:-local}" -filter-mode=nofilter <baselint.sarif || echo "reviewdog failed" >&2
exit "$code"
