#!/bin/sh
# Makes a tree of files with unusual names, sizes, times, owners, links and holes in the current directory. Needs root.
set -eu
repeat() { printf "%${2}s" '' | tr ' ' "$1"; }

mkdir tree && cd tree
for size in 0 1 511 512 513 524287 524288 524289; do
  head -c "$size" /dev/zero | tr '\0' x > "size-$size"
done

# Header fields have 100 bytes for a name and 155 for a prefix; a component has at most 255.
for length in 94 95 96 99 100 101 154 155 156 250; do
  mkdir -p "$(repeat d "$length")"
  printf '%s' "$length" > "$(repeat n "$length")"
  printf '%s' "$length" > "$(repeat d "$length")/$(repeat n "$length")"
done
deep=$(printf 'level/%.0s' $(seq 60))
mkdir -p "$deep" && printf deep > "${deep}file"

# Names are bytes: UTF-8 in two forms, Shift-JIS, Latin-1, control characters, the characters of formats and shells.
for name in 'grüße' 'gru\314\210n' '\212\302\213\253.txt' '\344\366' 'new\nline' 'tab\tand\rreturn' \
  '\033[31m' '\177' ' space ' 'back\\slash' '-dash' "quote'\"" '#@%%&*?' 'GNU.sparse.name=x' 'a=b' '...' '.wh' 'x.' 'CON'; do
  path=$(printf -- "$name.")
  printf name > "./${path%.}"
done
mkdir empty 'GNUSparseFile.0' PaxHeaders && printf x > PaxHeaders/x && printf y > GNUSparseFile.0/y

# Links, of all lengths and to whatever has a name.
ln -s size-1 link && ln -s nothing dangling && ln -s ../.. up && ln -s / root
for length in 99 100 101 255 4000; do ln -s "$(repeat t "$length")" "link-$length"; done
ln -s "$(printf '\212\302\213\253')" link-shift-jis
ln size-513 hard && ln size-0 hard-empty && ln "$(repeat n 250)" "$(repeat h 250)" && ln link hard-link-to-link
mkfifo fifo && ln fifo hard-fifo && mkfifo pipe-0600 && chmod 600 pipe-0600
mknod null c 1 3 && mknod disk b 8 17 && mknod large c 4000 1000000 && ln null hard-null

for mode in 0000 0400 0777 1777 2755 4755 6711 7777; do printf "$mode" > "mode-$mode"; chmod "$mode" "mode-$mode"; done
mkdir sticky setgid && chmod 1777 sticky && chmod 2770 setgid
for owner in 1:2 65534:65534 2097151:2097152 4294967294:3000000000; do printf "$owner" > "owner-$owner"; chown "$owner" "owner-$owner"; done

for time in 0 1 -1 -1.5 1.999999999 1700000000.5 2147483647 2147483648 4294967295 4294967296 8589934591 8589934592; do
  printf -- "$time" > "time-$time" && touch -d "@$time" "time-$time"
done
touch -h -d @-100 dangling && touch -d @5 empty

# Holes: at the start, in the middle, at the end, everywhere, and so many that a map needs more blocks.
truncate -s 3000000 hole-only
printf end | dd of=hole-first bs=1 seek=2500000 conv=notrunc status=none
printf start > hole-last && truncate -s 1500001 hole-last
for i in $(seq 0 59); do printf "region $i" | dd of=holes bs=4096 seek=$((i * 3)) conv=notrunc status=none; done

setfattr -n user.text -v 'a value' size-1
setfattr -n user.binary -v 0x000a3d20ff size-1
setfattr -n user.empty empty
setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 size-513
setfacl -m u:5:rwx,g:6:r size-512
setfacl -d -m u:5:rwx empty
