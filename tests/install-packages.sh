#!/bin/sh
# Installs what the tests drive and no other command needs: the browsers and
# their drivers, nginx, OpenSSL, LibreOffice, fonts, and the tools that look
# into a PDF. For Debian, as root or by sudo without a password; elsewhere
# install these packages by hand. What is there already is left alone.
set -eu

# Each package beside a file that shows it is there.
wanted='
chromium             /usr/bin/chromium
chromium-driver      /usr/bin/chromedriver
chromium-headless-shell /usr/bin/chromium-headless-shell
firefox-esr          /usr/bin/firefox-esr
webkit2gtk-driver    /usr/bin/WebKitWebDriver
xvfb                 /usr/bin/xvfb-run
nginx-light          /usr/sbin/nginx
openssl              /usr/bin/openssl
fonts-noto-cjk       /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
fonts-arphic-ukai    /usr/share/fonts/truetype/arphic/ukai.ttc
poppler-utils        /usr/bin/pdftotext
libreoffice-writer   /usr/bin/soffice
libreoffice-calc     /usr/lib/libreoffice/program/libsclo.so
'
missing=$(echo "$wanted" | while read -r package file; do
    [ -z "$package" ] || [ -e "$file" ] || printf '%s ' "$package"
done)
[ -n "$missing" ] || exit 0

echo "installing the Debian packages $missing"
as_root=
[ "$(id -u)" = 0 ] || as_root='sudo -n'
log=$(mktemp)
quietly() {
    # Words, not one argument: the options of apt-get and sudo are split on purpose.
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@" >"$log" 2>&1 && return
    tail -n 20 "$log" >&2
    echo "install these packages by hand (as root: apt-get install $missing), then run the command again" >&2
    exit 1
}
quietly update
# shellcheck disable=SC2086
quietly install --yes $missing
rm -f "$log"
