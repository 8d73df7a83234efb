package dev.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Text made fit for a terminal. */
class TerminalTextTest {
    @Test
    void controlAndBidiCharactersAreReplaced() {
        assertThat(TerminalText.printable("a\u001b]0;x\u0007b\u009bc\u007f\u202ed"))
                .isEqualTo("a\ufffd]0;x\ufffdb\ufffdc\ufffd\ufffdd");
    }

    @Test
    void whitespaceIsOneSpace() {
        assertThat(TerminalText.printable(" a\r\n\tb\u00a0\u2028c ")).isEqualTo("a b c");
    }

    @Test
    void otherScriptsAndEmojiStay() {
        assertThat(TerminalText.printable("Größe 日本 👩‍💻")).isEqualTo("Größe 日本 👩‍💻");
    }

    @Test
    void widthsAreThoseOfTheTerminal() {
        assertThat(TerminalText.width("abc")).isEqualTo(3);
        assertThat(TerminalText.width("日本")).isEqualTo(4);
        assertThat(TerminalText.width("e\u0301")).isEqualTo(1);
    }

    @Test
    void wrapsBetweenWordsAndInsideLongOnes() {
        assertThat(TerminalText.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(TerminalText.wrap("abcdefghij k", 4)).containsExactly("abcd", "efgh", "ij k");
        assertThat(TerminalText.wrap("日本語", 4)).containsExactly("日本", "語");
        assertThat(TerminalText.wrap("", 4)).containsExactly("");
    }
}
