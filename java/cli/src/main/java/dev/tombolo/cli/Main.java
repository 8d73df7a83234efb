package dev.tombolo.cli;

import dev.tombolo.TomboloException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: puts the commands together, and turns what goes wrong into one sentence and an exit code. */
@Command(
        name = "tombolo",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Tells which technologies a website runs, with the fingerprints of wappalyzergo.",
            "Beside the commands below, ./tombolo bench --corpus FILE compares the matcher with wappalyzergo itself."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was answered",
            "1:some input failed, or the library can't be used",
            "2:the command line or a setting is wrong"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  TOMBOLO_MODE   ffi, ipc or auto, where --mode doesn't say",
            "  TOMBOLO_OPTS   options for the Java virtual machine, such as -Xmx4g",
            "  COLUMNS        the width of tables",
            "  NO_COLOR       set: no colours"
        })
public final class Main {
    private Main() {}

    /** Runs the program and ends the JVM. */
    public static void main(String[] args) {
        // Two lines with a date and a class are more than a user of a program wants to know.
        String logFormat = "java.util.logging.SimpleFormatter.format";
        if (System.getProperty(logFormat) == null) {
            System.setProperty(logFormat, "tombolo: %5$s%n");
        }
        Console console = Console.ofProcess();
        int code;
        try {
            code = commandLine(console).execute(args);
        } catch (OutOfMemoryError full) {
            console.warn("Java's memory is too small for this; give it more, for example TOMBOLO_OPTS=-Xmx4g");
            code = CommandLine.ExitCode.SOFTWARE;
        }
        System.exit(code);
    }

    /** Returns the program's command line, which writes to the given console. */
    static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new DetectCommand(console))
                .addSubcommand(new InfoCommand(console))
                .addSubcommand(new TechnologiesCommand(console))
                .addSubcommand(new CategoriesCommand(console));
        return line.setExpandAtFiles(false) // a file's name may begin with @
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF))
                .setOut(console.text())
                .setErr(console.errors())
                .setParameterExceptionHandler((problem, args) -> usage(console, problem))
                .setExecutionExceptionHandler((problem, command, parsed) -> failed(console, problem));
    }

    private static int usage(Console console, ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && problem.getCommandLine().getParent() == null
                && !unmatched.isUnknownOption()) {
            console.warn("there is no command [" + unmatched.getUnmatched().getFirst() + "]. See tombolo --help.");
            return CommandLine.ExitCode.USAGE;
        }
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        console.warn(sentence(problem) + ". See " + command + " --help.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Console console, Exception problem) {
        if (problem instanceof IOException && isClosedPipe(problem.getMessage())) {
            return CommandLine.ExitCode.OK; // who reads has seen enough
        }
        console.warn(
                switch (problem) {
                    case TomboloException known -> sentence(known);
                    case IOException unwritable -> "the results can't be written: " + sentence(unwritable);
                    default -> "this is a bug in tombolo: " + problem;
                });
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isClosedPipe(@Nullable String message) {
        return message != null && message.contains("Broken pipe");
    }

    private static String sentence(Exception problem) {
        String message = problem.getMessage();
        return message == null ? problem.toString() : message.strip().replaceFirst("\\.$", "");
    }
}
