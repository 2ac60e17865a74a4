package app.intentgate.rego.parse;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Comment;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.yaml.YamlException;
import app.intentgate.rego.yaml.YamlReader;
import app.intentgate.rego.yaml.YamlWords;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the metadata blocks among the comments of a source: from a comment {@code METADATA} on,
 * every comment at the start of the next line belongs to the block.
 */
final class MetadataReader {
  private static final String MARK = "METADATA";

  private final ParserBase parser;

  MetadataReader(ParserBase parser) {
    this.parser = parser;
  }

  /** The blocks; what is wrong with one is an error of the parser. */
  List<MetadataBlock> read(List<Comment> comments) {
    List<MetadataBlock> blocks = new ArrayList<>();
    int i = 0;
    while (i < comments.size()) {
      Comment first = comments.get(i++);
      if (!isMark(first)) {
        continue;
      }
      List<Comment> lines = new ArrayList<>();
      int row = first.location().row();
      while (i < comments.size()
          && comments.get(i).location().row() == row + 1
          && comments.get(i).location().col() == 1
          && !isMark(comments.get(i))) {
        lines.add(comments.get(i++));
        row++;
      }
      read(first.location(), lines, blocks);
    }
    return blocks;
  }

  private static boolean isMark(Comment comment) {
    return comment.location().col() == 1 && comment.text().strip().startsWith(MARK);
  }

  private void read(Location place, List<Comment> lines, List<MetadataBlock> blocks) {
    StringBuilder text = new StringBuilder();
    for (Comment line : lines) {
      String t = line.text();
      text.append(t.startsWith(" ") ? t.substring(1) : t).append('\n');
    }
    if (text.toString().isBlank()) {
      parser.error(place, "expected METADATA block, found whitespace");
      return;
    }
    try {
      JsonValue content = YamlReader.parse(text.toString(), YamlWords.CORE);
      MetadataFields fields = new MetadataFields();
      JsonObject said = fields.of(content);
      blocks.add(new MetadataBlock(place, fields.scope(), said));
    } catch (YamlException e) {
      Comment at = lines.get(Math.min(e.line(), lines.size() - 1));
      parser.error(at.location(), String.valueOf(e.getMessage()));
    } catch (MetadataFields.WrongFieldException e) {
      parser.error(place, String.valueOf(e.getMessage()));
    }
  }
}
