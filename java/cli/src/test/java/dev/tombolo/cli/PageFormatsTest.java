package dev.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tombolo.StatusCode;
import dev.tombolo.technology.Category;
import dev.tombolo.technology.Detection;
import dev.tombolo.technology.Evidence;
import dev.tombolo.technology.Matcher;
import dev.tombolo.technology.Technology;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The exact text of pages in each format. */
class PageFormatsTest {
    private static final Technology WORDPRESS = new Technology(
            "WordPress",
            Optional.of("6.4.2"),
            OptionalInt.of(100),
            List.of(new Category(1, "CMS", 1), new Category(11, "Blogs", 1)),
            "Blogs, and \"more\".",
            "https://wordpress.org",
            "WordPress.svg",
            "cpe:2.3:a:wordpress",
            Optional.of(false),
            List.of());
    private static final Technology PHP = new Technology(
            "PHP", Optional.empty(), OptionalInt.of(50), List.of(), "", "", "", "", Optional.of(true), List.of());
    private static final Technology UNKNOWN = new Technology(
            "Bare", Optional.empty(), OptionalInt.empty(), List.of(), "", "", "", "", Optional.empty(), List.of());

    private static final List<PageResult> PAGES = List.of(
            new PageResult.Answered("a.html", "https://a.example/", detection("Ünder\n\u001b[31m", PHP, WORDPRESS)),
            new PageResult.Failed("b", "", StatusCode.INVALID_ARGUMENT, "line 2: broken", true),
            new PageResult.Answered("c", "", detection(null, UNKNOWN)),
            new PageResult.Answered("d", "", detection("")));

    private static Detection detection(@org.jspecify.annotations.Nullable String title, Technology... technologies) {
        return new Detection(List.of(technologies), Optional.ofNullable(title), "builtin", Matcher.REFERENCE);
    }

    private static String written(Format format, List<PageResult> pages, boolean colours, int width)
            throws IOException {
        Terminal terminal = new Terminal();
        Console console = terminal.console("", colours, width);
        try (ResultWriter<PageResult> writer =
                format.writer(new PageShape(), () -> new PageTable(console), console.out())) {
            for (PageResult page : pages) {
                writer.write(page);
            }
        }
        return terminal.out();
    }

    @Test
    void jsonLines() throws IOException {
        assertThat(written(Format.JSONL, PAGES, false, 100)).isEqualTo("""
                        {"id":"a.html","url":"https://a.example/","title":"Ünder\\n\\u001B[31m","technologies":[\
                        {"name":"PHP","confidence":50,"categories":[],"website":"","description":"","icon":"","cpe":"",\
                        "implied":true},\
                        {"name":"WordPress","version":"6.4.2","confidence":100,"categories":[{"id":1,"name":"CMS"},\
                        {"id":11,"name":"Blogs"}],"website":"https://wordpress.org",\
                        "description":"Blogs, and \\"more\\".","icon":"WordPress.svg","cpe":"cpe:2.3:a:wordpress",\
                        "implied":false}]}
                        {"id":"b","url":"","error":{"code":"INVALID_ARGUMENT","message":"line 2: broken"}}
                        {"id":"c","url":"","title":"","technologies":[{"name":"Bare","categories":[],"website":"",\
                        "description":"","icon":"","cpe":""}]}
                        {"id":"d","url":"","title":"","technologies":[]}
                        """);
    }

    @Test
    void json() throws IOException {
        assertThat(written(Format.JSON, PAGES.subList(1, 4), false, 100)).isEqualTo("""
                        [
                          {
                            "id": "b",
                            "url": "",
                            "error": {
                              "code": "INVALID_ARGUMENT",
                              "message": "line 2: broken"
                            }
                          },
                          {
                            "id": "c",
                            "url": "",
                            "title": "",
                            "technologies": [
                              {
                                "name": "Bare",
                                "categories": [],
                                "website": "",
                                "description": "",
                                "icon": "",
                                "cpe": ""
                              }
                            ]
                          },
                          {
                            "id": "d",
                            "url": "",
                            "title": "",
                            "technologies": []
                          }
                        ]
                        """);
    }

    @Test
    void noPagesAreAnEmptyArrayOrAHeaderOrNothing() throws IOException {
        assertThat(written(Format.JSON, List.of(), false, 100)).isEqualTo("[]\n");
        assertThat(written(Format.JSONL, List.of(), false, 100)).isEmpty();
        assertThat(written(Format.CSV, List.of(), false, 100))
                .startsWith("id,url,")
                .endsWith("error_message\r\n");
        assertThat(written(Format.TABLE, List.of(), false, 100)).isEmpty();
    }

    @Test
    void csv() throws IOException {
        assertThat(written(Format.CSV, PAGES, false, 100))
                .isEqualTo("id,url,name,version,confidence,categories,implied,website,cpe,icon,description,title,"
                        + "error_code,error_message\r\n"
                        + "a.html,https://a.example/,PHP,,50,,true,,,,,\"Ünder\n\u001b[31m\",,\r\n"
                        + "a.html,https://a.example/,WordPress,6.4.2,100,CMS; Blogs,false,"
                        + "https://wordpress.org,cpe:2.3:a:wordpress,WordPress.svg,"
                        + "\"Blogs, and \"\"more\"\".\",\"Ünder\n\u001b[31m\",,\r\n"
                        + "b,,,,,,,,,,,,INVALID_ARGUMENT,line 2: broken\r\n"
                        + "c,,Bare,,,,,,,,,,,\r\n");
    }

    @Test
    void tableIsAlignedAndCannotControlTheTerminal() throws IOException {
        assertThat(written(Format.TABLE, PAGES, false, 100)).isEqualTo("""
                        a.html
                          Ünder \ufffd[31m
                          https://a.example/
                          TECHNOLOGY  VERSION  CATEGORIES  CONFIDENCE
                          PHP                              50%         implied
                          WordPress   6.4.2    CMS, Blogs  100%

                        c
                          TECHNOLOGY
                          Bare

                        d
                          no technologies found
                        """);
    }

    @Test
    void tableWrapsWhatIsTooWide() throws IOException {
        Technology wide = new Technology(
                "A rather long name of a technology",
                Optional.of("1.2.3"),
                OptionalInt.of(100),
                List.of(new Category(1, "JavaScript frameworks", 1), new Category(2, "Page builders", 1)),
                "",
                "",
                "",
                "",
                Optional.empty(),
                List.of());
        String table = written(Format.TABLE, List.of(new PageResult.Answered("x", "", detection("", wide))), false, 50);
        assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(50));
        assertThat(table).contains("1.2.3").contains("builders").contains("technology");
    }

    @Test
    void coloursAreForTerminalsOnly() throws IOException {
        PageResult page = PAGES.get(2);
        assertThat(written(Format.TABLE, List.of(page), true, 100))
                .isEqualTo("\u001b[1mc\u001b[0m\n\u001b[2m  TECHNOLOGY\u001b[0m\n  Bare\n");
    }

    private static final Technology EXPLAINED = new Technology(
            "WordPress",
            Optional.of("6.1"),
            OptionalInt.of(100),
            List.of(),
            "",
            "",
            "",
            "",
            Optional.of(false),
            List.of(
                    new Evidence(
                            Evidence.Source.META,
                            "generator",
                            "^WordPress ([\\d.]+)\\;version:\\1",
                            "WordPress\u001b 6.1",
                            OptionalLong.of(47),
                            Optional.of("6.1"),
                            100,
                            Optional.empty()),
                    new Evidence(
                            Evidence.Source.COOKIE,
                            "wp",
                            "",
                            "",
                            OptionalLong.empty(),
                            Optional.empty(),
                            50,
                            Optional.empty()),
                    new Evidence(
                            Evidence.Source.IMPLIED,
                            "",
                            "",
                            "",
                            OptionalLong.empty(),
                            Optional.empty(),
                            75,
                            Optional.of("WooCommerce"))));

    @Test
    void jsonHasTheEvidenceThatThereIs() throws IOException {
        assertThat(written(
                        Format.JSONL, List.of(new PageResult.Answered("x", "", detection("", EXPLAINED))), false, 100))
                .contains("\"evidence\":[{\"source\":\"meta\",\"key\":\"generator\","
                        + "\"pattern\":\"^WordPress ([\\\\d.]+)\\\\;version:\\\\1\",\"text\":\"WordPress\\u001B 6.1\","
                        + "\"offset\":47,\"version\":\"6.1\",\"confidence\":100},"
                        + "{\"source\":\"cookie\",\"key\":\"wp\",\"pattern\":\"\",\"text\":\"\",\"confidence\":50},"
                        + "{\"source\":\"implied\",\"implied_by\":\"WooCommerce\",\"confidence\":75}]");
    }

    @Test
    void tableTellsTheEvidenceInSentences() throws IOException {
        assertThat(written(
                        Format.TABLE, List.of(new PageResult.Answered("x", "", detection("", EXPLAINED))), false, 100))
                .endsWith("""
                          EVIDENCE
                          WordPress 6.1
                            meta generator at byte 47: "WordPress\uFFFD 6.1" matches ^WordPress ([\\d.]+)\\;version:\\1, version
                              6.1 (100%)
                            cookie wp is there (50%)
                            implied by WooCommerce (75%)
                        """);
    }
}
