"""All pages about developers' money, on one page, by what each is for."""
