package dev.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that need no library: help, and what is wrong. */
class UsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                            | Missing required subcommand. See tombolo --help.",
                "nonsense                    | there is no command [nonsense]. See tombolo --help.",
                "--nonsense                  | Unknown option: '--nonsense'. See tombolo --help.",
                "detect                      | there is no INPUT; name an HTML file, a URL, - or a .jsonl file. See tombolo detect --help.",
                "detect --nonsense           | Unknown option: '--nonsense'. See tombolo detect --help.",
                "detect a --mode x           | Invalid value for option '--mode': unknown mode [x]; use ffi, ipc or auto. See tombolo detect --help.",
                "detect a --format x         | Invalid value for option '--format': unknown format [x]; use one of table, json, jsonl, csv. See tombolo detect --help.",
                "detect a --matcher x        | Invalid value for option '--matcher': unknown matcher [x]; use default, indexed or reference. See tombolo detect --help.",
                "detect a --timeout x        | Invalid value for option '--timeout': [x] is neither a number of seconds nor a duration such as PT30S. See tombolo detect --help.",
                "detect a --timeout -1       | Invalid value for option '--timeout': [-1] is less than nothing. See tombolo detect --help.",
                "detect a --header x         | Invalid value for option '--header' ('NAME: VALUE'): [x] is no header; write 'Name: value'. See tombolo detect --help.",
                "detect a.jsonl --header x:y | --header is for HTML files and the standard input, and there is none of them. See tombolo detect --help.",
                "detect a b --url x          | --url is for one HTML file or the standard input, and there are 2 of them. See tombolo detect --help.",
                "detect - -                  | there is one standard input; give - once. See tombolo detect --help.",
                "detect a --replace-fingerprints | --replace-fingerprints needs --fingerprints FILE. See tombolo detect --help.",
                "technologies --rules        | --rules needs --format json or jsonl. See tombolo technologies --help.",
                "info --format csv           | Invalid value for option '--format': unknown format [csv]; use text or json. See tombolo info --help.",
            })
    void whatIsWrongIsOneSentence(@org.jspecify.annotations.Nullable String line, String message) {
        Terminal terminal = new Terminal();
        int code = terminal.run("", line == null ? new String[0] : line.split(" +"));
        assertThat(terminal.errors()).isEqualTo("tombolo: " + message + "\n");
        assertThat(terminal.out()).isEmpty();
        assertThat(code).isEqualTo(2);
    }

    @Test
    void aMissingFileOfFingerprintsIsAFailure() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("", "detect", "a", "--fingerprints", "no/such.json"))
                .isEqualTo(1);
        assertThat(terminal.errors()).isEqualTo("tombolo: there is no file [no/such.json]\n");
    }

    @Test
    void helpAndVersionAreResults() {
        Terminal help = new Terminal();
        assertThat(help.run("", "detect", "--help")).isZero();
        assertThat(help.out()).startsWith("Usage: tombolo detect").contains("--mode");
        assertThat(help.errors()).isEmpty();
        Terminal version = new Terminal();
        assertThat(version.run("", "--version")).isZero();
        assertThat(version.out()).matches("tombolo \\d+\\.\\d+\\.\\d+\\R");
    }

    @Test
    void noLineOfHelpIsWrappedByAccident() {
        for (String command : new String[] {"detect", "info", "technologies", "categories"}) {
            Terminal terminal = new Terminal();
            terminal.run("", command, "--help");
            assertThat(terminal.out().lines()).noneMatch(line -> line.matches("[a-z0-9]+"));
        }
    }
}
