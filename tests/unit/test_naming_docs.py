from gazetteer.naming.describe import PAGE, page


def test_the_page_of_naming_checks_says_what_the_code_and_profiles_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m gazetteer.naming.describe"
