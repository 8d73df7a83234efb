package dev.tombolo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Application servers load and drop applications: nothing of tombolo keeps its class loader alive after the last close. */
class ClassLoaderTest {
    /** How often the collector is asked; it needs one or two rounds. */
    private static final int ROUNDS = 50;

    /** Junixsocket by name isn't here: its native part keeps its class loader, which is why auto doesn't take it there. */
    @ParameterizedTest
    @CsvSource({"FFI, AUTO", "IPC, JDK", "IPC, AUTO"})
    void theClassLoaderCanBeCollectedAfterClose(String mode, String socket) throws Exception {
        WeakReference<ClassLoader> loader = useInLoaderOfItsOwn(mode, socket);
        for (int round = 0; round < ROUNDS && loader.get() != null; round++) {
            System.gc();
        }
        assertThat(loader.get()).as("the class loader after close").isNull();
    }

    private static WeakReference<ClassLoader> useInLoaderOfItsOwn(String mode, String socket) throws Exception {
        URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        Class<?> user = Class.forName("dev.tombolo.tests.DetectorUser", true, loader);
        assertThat(user.getClassLoader()).isSameAs(loader);
        Object names = user.getMethod("use", String.class, String.class).invoke(null, mode, socket);
        assertThat(names).isEqualTo(List.of("Nginx"));
        loader.close();
        return new WeakReference<>(loader);
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
