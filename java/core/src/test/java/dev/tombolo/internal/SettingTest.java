package dev.tombolo.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tombolo.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a setting comes from. */
class SettingTest {
    private static final Setting<Mode> MODE = new Setting<>("tombolo.test.mode", Mode::parse);

    @AfterEach
    void clear() {
        System.clearProperty("tombolo.test.mode");
    }

    @Test
    void isWhatTheBuilderSaysWhateverThePropertyHolds() {
        System.setProperty("tombolo.test.mode", "ipc");
        assertThat(MODE.value(Mode.FFI)).contains(Mode.FFI);
    }

    @Test
    void isThePropertyInAnyCaseOtherwise() {
        System.setProperty("tombolo.test.mode", " Ipc ");
        assertThat(MODE.value(null)).contains(Mode.IPC);
    }

    @Test
    void isAbsentWhereNobodySays() {
        assertThat(MODE.value(null)).isEmpty();
        System.setProperty("tombolo.test.mode", "");
        assertThat(MODE.value(null)).isEmpty();
    }

    @Test
    void namesItsSourceWhereItCannotBeRead() {
        System.setProperty("tombolo.test.mode", "sideways");
        assertThatThrownBy(() -> MODE.value(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-Dtombolo.test.mode=sideways: unknown mode [sideways]; use ffi, ipc or auto");
    }

    @Test
    void isTheEnvironmentVariableOfTheSameName() {
        // The build of these tests has no variable of tombolo's, but every process has a PATH.
        Setting<String> path = new Setting<>("path", text -> text);
        assertThat(path.value(null)).contains(System.getenv("PATH"));
    }
}
