from tests.audit.looking import look
from youju.audit.checks.placeholders import placeholders


def blanks(text):
    return [text[finding.start : finding.end] for finding in placeholders(look(text))]


def test_blanks_of_a_template_are_found():
    assert blanks("加强AAA工作群的管理，收看线上课“XX”，走访x村、x村。") == ["AAA", "XX", "x", "x"]


def test_names_in_latin_letters_are_no_blanks():
    assert blanks("用好GDP数据和5G网络，参加MBA课程。") == []


def test_a_gap_our_own_report_names():
    text = "召开支委会〔缺：没有支委会记录〕。"
    assert blanks(text) == ["〔缺：没有支委会记录〕"]


def test_a_marker_left_from_a_paid_text():
    assert blanks("集中学习和##paidbegin##个人自学") == ["##paidbegin##"]


def test_blanks_at_the_start_of_a_line_and_between_marks():
    assert blanks("XX党支部书记\n参加XX、XX等活动，到某某镇走访。") == ["XX", "XX", "XX", "某某"]
    assert blanks("召开支委会（ ）次，主题党日___次。") == ["（ ）", "___"]


def test_a_grade_is_no_blank():
    assert blanks("创建AAA级信用企业，走访AAAA级景区。") == []
