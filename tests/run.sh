#!/usr/bin/env bash
# Builds everything and runs every test. The last line is the result over all projects, the line before it says with which packages.
#
# The Function app needs packages that not every feed has. Three ways, tried in this order:
#   1. the whole solution, with the packages of the feed;
#   2. the whole solution, with the packages of the folder that CAX_PACKAGE_FOLDER names (it holds a nuget.config). Package cache and output then
#      stand under $XDG_CACHE_HOME/cax-connector (~/.cache/cax-connector), so that the ordinary cache and this checkout never see those packages;
#   3. tests/Core.slnf, which is everything but the app. The app's tests count as skipped.
#
# Real inputs are read from the folder that CAX_SAMPLES names, when it names one.
#
# With --long, files are ten times as large and processes are killed more often: about half an hour more.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" = --long ]; then
  export CAX_LONG=1
fi

# What restore says is read below; it must be in English.
export DOTNET_CLI_UI_LANGUAGE=en
solution=CaxFunctions.sln
filter=tests/Core.slnf
app_tests=tests/CaxFunctions.Tests
ordinary_cache=${NUGET_PACKAGES:-${HOME:-}/.nuget/packages}

log=$(mktemp)
scratch=
trap 'rm -rf "$log" ${scratch:+"$scratch"}' EXIT

give_up() {
  echo "$1"
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}

# The names of the packages that the restore written to the log could not find; nothing where it failed for any other reason as well.
missing_packages() {
  if grep -E '\berror ' "$log" | grep -qvE '\berror NU110[0-3]:'; then
    return
  fi
  sed -nE "s/.*error NU110[0-3]: Unable to (find( a stable)? package|resolve) '?([A-Za-z0-9._-]*[A-Za-z0-9]).*/\3/p" "$log" | sort -u | paste -sd ' '
}

# Packages that only stand in for the real ones carry the assembly metadata "StandIn". In the ordinary cache they would pass for the real ones.
stand_ins() {
  grep -lsw StandIn "$ordinary_cache"/{azure.*,microsoft.azure.*,opentelemetry.*}/*/lib/*/*.dll |
    sed -E "s|^$ordinary_cache/([^/]+)/.*|\1|" | sort -u | paste -sd ' '
}

choose_cache() {
  local of_folder of_checkout home=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/cax-connector
  of_folder=$(cat "$CAX_PACKAGE_FOLDER"/*.nupkg "$CAX_PACKAGE_FOLDER"/nuget.config | cksum | cut -d ' ' -f 1)
  of_checkout=$(pwd | cksum | cut -d ' ' -f 1)
  if ! mkdir -p "$home" 2>/dev/null; then
    home=$(mktemp -d)
    scratch=$home
  fi
  # A folder whose packages changed gets a new cache, because a cache never looks again; each checkout has its own output.
  export NUGET_PACKAGES=$home/packages-$of_folder
  artifacts=$home/artifacts-$of_checkout
  options=("--artifacts-path" "$artifacts" "-p:RestoreConfigFile=$CAX_PACKAGE_FOLDER/nuget.config")
  [ ! -d "$ordinary_cache" ] || options+=("-p:RestoreFallbackFolders=$ordinary_cache")
}

options=()
what=$solution
skipped_app=0
if dotnet restore "$solution" >"$log" 2>&1 </dev/null; then
  missing=$(stand_ins)
  why="these packages of $ordinary_cache are stand-ins, not the real ones (delete them there)"
else
  missing=$(missing_packages)
  why="the feed lacks these packages"
  if [ -z "$missing" ]; then
    cat "$log"
    give_up "The packages could not be restored; nothing was built."
  fi
fi

if [ -z "$missing" ]; then
  result="Built the whole solution with the packages of the feed."
elif [ -n "${CAX_PACKAGE_FOLDER:-}" ]; then
  CAX_PACKAGE_FOLDER=$(cd "$CAX_PACKAGE_FOLDER" 2>/dev/null && pwd) && [ -f "$CAX_PACKAGE_FOLDER/nuget.config" ] ||
    give_up "CAX_PACKAGE_FOLDER must name a folder that holds a nuget.config; it does not. Nothing was built."
  choose_cache
  echo "The Function app is built with the packages of CAX_PACKAGE_FOLDER, because $why: $missing"
  echo "Its package cache is $NUGET_PACKAGES, its output $artifacts."
  result="Built the whole solution with the packages of the folder that CAX_PACKAGE_FOLDER names."
else
  what=$filter
  skipped_app=$(grep -rhE '^\s*\[(\w*Fact|\w*Theory)\b' --include='*.cs' "$app_tests" | wc -l)
  echo "The Function app is left out, because $why: $missing"
  result="Built $filter: everything but the Function app, whose $skipped_app tests count as skipped. Not there: $missing"
fi

dotnet build "$what" -v minimal "${options[@]}" </dev/null || give_up "The build failed; no test was run."

# One project after the other: several of them measure time, and two cores are soon full.
expected=0
broken=0
: >"$log"
for project in tests/*/*.Tests.csproj; do
  if [ "$what" = "$filter" ] && [ "${project%/*}" = "$app_tests" ]; then
    continue
  fi
  expected=$((expected + 1))
  dotnet test "$project" --no-build "${options[@]}" 2>&1 </dev/null | tee -a "$log" || broken=$((broken + 1))
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

if [ "$projects" -ne "$expected" ]; then
  echo "Only $projects of $expected test projects came to an end."
  failed=$((failed + expected - projects))
fi
if [ "$broken" -gt 0 ] && [ "$failed" -eq 0 ]; then
  echo "$broken test projects failed, though none of their tests did."
  failed=$broken
fi

echo "$result"
echo "$passed passed, $failed failed, $((skipped + skipped_app)) skipped"
[ "$failed" -eq 0 ]
