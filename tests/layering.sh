#!/usr/bin/env bash
# Fails on an include that breaks the layering of style.md, or a third-party header where it may not be.
set -u
cd "$(dirname "$0")/.." || exit 1
faults=0
report() { if [ -n "$1" ]; then printf '%s\n  %s\n' "$2" "${1//$'\n'/$'\n'  }"; faults=1; fi; }

# allowed FOLDER PATTERN: our own includes in FOLDER begin with one of the PATTERN's folders.
allowed() {
    report "$(grep -rnE --include='*.h' --include='*.cpp' '^#include "' "$1" | grep -vE "#include \"($2)")" \
        "$1 may include only $2"
}
# third_party HEADERS FOLDERS: an include of one of HEADERS stands only in FOLDERS.
third_party() {
    report "$(grep -rnE --include='*.h' --include='*.cpp' "^#include <($1)" platform surveys sync kiosk | grep -vE "^($2)")" \
        "<$1> belongs to $2 alone"
}

report "$(grep -rnE '^#include "' platform | grep -vE '#include "platform/')" "platform/ may include only platform/"
report "$(grep -nE '^#include "platform/(network|screen|sound)/' platform/*.h platform/*.cpp)" "platform/ stands under its folders"
report "$(grep -rnE '^#include "platform/screen/' platform/network)" "network and screen do not know each other"
report "$(grep -rnE '^#include "platform/network/' platform/screen kiosk)" "the kiosk sees no network"
report "$(grep -rnE '^#include "platform/(screen|network)/' platform/sound)" "sound knows neither network nor screen"
report "$(grep -rnE '^#include "platform/(screen|sound)/' sync)" "the agent and the store see no screen and hear nothing"
allowed surveys 'platform/[a-z_0-9]+\.h|surveys/'
allowed sync/protocol 'platform/[a-z_0-9]+\.h|surveys/|sync/protocol/'
allowed sync/device 'platform/|surveys/|sync/protocol/|sync/device/'
allowed sync/store 'platform/|surveys/|sync/protocol/|sync/store/'
allowed kiosk 'platform/|surveys/|sync/protocol/|kiosk/'
report "$(grep -rnE '^#include "(kiosk/[a-z_]+\.h|kiosk/screens|platform/screen)' kiosk/data)" "kiosk/data knows no screen"

third_party 'sqlite3\.h|libpq|curl/|sodium\.h|microhttpd' 'platform/.*\.cpp:'
third_party 'SDL' 'platform/(screen|sound)/.*\.cpp:'
third_party 'pango|cairo|fontconfig' 'platform/screen/.*\.cpp:'
third_party 'espeak' 'platform/sound/speak_main\.cpp:'
third_party 'imgui' 'kiosk/|platform/screen/'
third_party 'CLI/|spdlog|zstd|zlib|archive|date/' 'platform/.*\.cpp:'
third_party 'toml' 'surveys/.*\.cpp:'
third_party 'boost/' 'surveys/scores/.*\.cpp:'
exit $faults
