#!/usr/bin/env bash
# Builds everything and runs every test. The last line is the result over all projects.
# Real inputs are read from the folder that CAX_SAMPLES names, when it names one.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0

if ! dotnet build CaxFunctions.sln -v minimal; then
  echo "The build failed; no test was run."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

# One project after the other: several of them measure time, and two cores are soon full.
for project in tests/*/*.Tests.csproj; do
  dotnet test "$project" --no-build 2>&1 | tee -a "$log" || status=1
done

# "Passed!  - Failed:     0, Passed:    61, Skipped:     0, Total: …" is the closing line of each project.
totals=$(awk '
  / - Failed: / && /Passed: / && /Skipped: / {
    gsub(/,/, "")
    for (i = 1; i < NF; i++) {
      if ($i == "Failed:") failed += $(i + 1)
      if ($i == "Passed:") passed += $(i + 1)
      if ($i == "Skipped:") skipped += $(i + 1)
    }
    projects++
  }
  END { print passed + 0, failed + 0, skipped + 0, projects + 0 }' "$log")
read -r passed failed skipped projects <<<"$totals"

expected=$(find tests -name '*.Tests.csproj' | wc -l)
if [ "$projects" -ne "$expected" ]; then
  echo "Only $projects of $expected test projects came to an end."
  failed=$((failed + expected - projects))
  status=1
fi

[ "$failed" -eq 0 ] || status=1
echo "Built the whole solution with the packages of the feed."
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
