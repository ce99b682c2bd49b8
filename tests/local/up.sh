#!/usr/bin/env bash
# Starts everything that the Function app needs on this machine: Azurite, the Service Bus emulator and, in the foreground, the twin of CAX.
# Ctrl+C ends the twin. The emulators run on until: docker compose -f tests/local/compose.yaml down
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The emulator's database insists on a strong password. It holds nothing but local test messages and is not reachable from outside its network.
if [ ! -f .env ]; then
  (umask 077 && echo "MSSQL_SA_PASSWORD=Cax-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" >.env)
fi

docker compose up --detach --wait
echo "Waiting for the Service Bus emulator"
curl --silent --show-error --fail --output /dev/null --retry 60 --retry-delay 2 --retry-all-errors http://localhost:5300/health

[ -f ../../local.settings.json ] || cp ../../local.settings.sample.json ../../local.settings.json
exec dotnet run --project ../../src/Cax.Cli -- simulate
