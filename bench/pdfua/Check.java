// Holds PDF files beside PDF/UA-1 (ISO 14289-1) with veraPDF; prints one line for each file, and one for each rule broken.
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Check {
  public static void main(String[] folder) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour universal = PDFAFlavour.fromString("ua1");
    try (var files = Files.list(Path.of(folder[0]))) {
      for (Path file : files.sorted().toList()) {
        try (var content = new FileInputStream(file.toFile());
            PDFAParser parser = Foundries.defaultInstance().createParser(content, universal)) {
          ValidationResult result = Foundries.defaultInstance().createValidator(universal, false).validate(parser);
          System.out.println((result.isCompliant() ? "ok " : "not ") + file.getFileName() + " " + result.getTotalAssertions());
          for (TestAssertion one : result.getTestAssertions()) {
            if (one.getStatus() == TestAssertion.Status.FAILED) {
              System.out.println("  " + one.getRuleId().getClause() + " " + one.getMessage());
            }
          }
        }
      }
    }
  }
}
