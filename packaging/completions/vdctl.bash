# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of vdctl for bash. What can come next is asked of vdctl itself.
_vdctl() {
    local typed=() rest=$COMP_LINE index line
    COMPREPLY=()
    # bash ends words at ":" and "=", of which URIs are full: what stands together on the line is one.
    for ((index = 0; index <= COMP_CWORD; index++)); do
        if [[ $index = 0 || $rest == [[:blank:]]* ]]; then
            typed+=("")
            rest=${rest#"${rest%%[![:blank:]]*}"}
        fi
        typed[-1]+=${COMP_WORDS[index]}
        rest=${rest:${#COMP_WORDS[index]}}
    done
    local last=${typed[-1]}
    local before=${last%"${last##*[:=]}"} # stays on the line: bash replaces what comes after it
    while IFS= read -r line; do
        [[ $line == "$last"* ]] && COMPREPLY+=("$(printf '%q' "${line#"$before"}")")
    done < <(vdctl __complete "${typed[@]:1}" 2>/dev/null)
}
complete -o default -F _vdctl vdctl
