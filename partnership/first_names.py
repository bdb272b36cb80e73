"""The first names given most often to children in England and Wales over the last twenty years, and their spellings.

Source: Office for National Statistics, Baby names in England and Wales. Names that are far more often something else
in these records, such as Summer, April, River or Christian, are left out.
"""

GIRLS = """Aaliyah Abbie Abby Abigail Ada Adele Aisha Aishah Aleena Alesha Alexa Alexandra Alexis Alice Alicia
Alisha Alina Aliza Amara Amber Amelia Amelie Amie Amina Aminah Amira Amirah Amy Ana Anaya Anna Annabel Annabelle
Annie Arabella Aria Ariana Arianna Arya Athena Aurora Ava Ayesha Ayla Bella Beatrice Bethany Bethan Billie
Bonnie Brooke Caitlin Caitlyn Carys Casey Catherine Charlotte Chelsea Chloe Chloë Clara Connie Cora Courtney
Daisy Danielle Darcey Darcie Darcy Delilah Edie Edith Effie Eilidh Eira Eleanor Eliana Eliza Elizabeth Ella
Ellen Ellie Elodie Eloise Elsie Elsa Emilia Emilie Emily Emma Erin Esme Esmé Esmae Esmee Esther Eva Eve Evelyn
Evie Faith Fatima Fatimah Faye Felicity Fern Ffion Florence Francesca Freya Gabriella Gabrielle Georgia Georgina
Grace Gracie Hafsa Halima Hallie Hana Hanna Hannah Harper Harriet Hazel Heidi Helena Hollie Holly Imogen Inaaya
Inaya Iris Isabel Isabella Isabelle Isla Isobel Isobelle Ivy Iyla Jade Jasmin Jasmine Jennifer Jessica Jessie
Jodie Josephine Julia Juliette Kaitlyn Katherine Kathryn Katie Kayla Kayleigh Keira Kiera Kirsty Khadija
Khadijah Lacey Laila Lana Lara Laura Lauren Layla Leah Leila Lena Lexi Lexie Leyla Libby Lila Lilah Lillie Lilly
Lily Lola Lottie Louisa Louise Lucia Lucie Lucy Luna Lydia Lyla Lyra Mabel Maddison Madeleine Madison Mae Maeve
Maggie Maia Maisie Maisy Maja Malia Margot Maria Mariam Marnie Martha Mary Maryam Matilda Maya Megan Melissa Mia
Mila Millie Milly Miriam Mollie Molly Morgan Mya Myla Myra Nancy Natalia Natalie Natasha Nell Nellie Nia Niamh
Nicole Nina Nora Olive Olivia Ophelia Orla Paige Penelope Phoebe Poppy Priya Rachel Raya Rebecca Robyn Rosa
Rosalie Rosie Ruby Ruth Safa Saffron Samantha Sara Sarah Saskia Savannah Scarlett Scarlet Sadie Selena Shannon
Sienna Skye Skyla Sofia Sophia Sophie Stella Stephanie Tabitha Talia Tallulah Thea Tia Tilly Tiana Victoria
Violet Willow Yasmin Yusra Zahra Zainab Zara Zaynab Zoe Zoë Zoya Zuzanna"""

BOYS = """Aaron Aarav Abdul Abdullah Abdulrahman Abel Abraham Adam Adrian Ahmad Ahmed Aidan Aiden Alan Albert
Albie Aleksander Alex Alexander Alfie Alfred Ali Amir Andrew Angus Anthony Antoni Archer Archie Arjun Arlo
Arthur Asher Ashton Austin Ayaan Ayan Ayub Bailey Barnaby Benjamin Ben Benji Billy Blake Bobby Bodhi Bradley
Brandon Brody Brooklyn Caleb Callum Cameron Carson Carter Charles Charley Charlie Christopher Cody Cole Connor
Conor Corey Cooper Daniel Danny David Declan Dexter Dominic Dylan Eden Edward Eesa Elijah Eli Elias Elliot
Elliott Ellis Emmanuel Enzo Eric Ethan Evan Ewan Ezra Felix Filip Finlay Finley Finn Francis Franciszek Frank
Frankie Franklin Fraser Fred Freddie Freddy Frederick Gabriel Gareth George Gethin Grayson Gruffydd Hamza Haris
Harley Harris Harrison Harry Harvey Haroon Hassan Hasan Hayden Hector Henry Hudson Hugh Hugo Husnain Hussain
Ibrahim Idris Imran Isaac Ishaan Ismail Ivan Jack Jackson Jacob Jaiden Jake Jakub James Jamie Jason Jasper Jax
Jaxon Jaxson Jayden Jaydon Jenson Jeremiah Jesse Jimmy Joe Joel John Johnny Jonah Jonathan Jordan Joseph Josh
Joshua Jude Julian Junaid Kacper Kai Kaiden Kaleb Kamil Kayden Kian Kieran Kingsley Kyle Kyran Lee Leighton
Lennon Lenny Leo Leon Leonardo Levi Lewis Liam Logan Lorenzo Louie Louis Luca Lucas Luis Luka Lukas Luke Maddox
Malachi Marcel Marcus Mason Mateo Matteo Matthew Max Maxwell Michael Michal Milo Mohamed Mohammad Mohammed
Mohammod Morgan Moses Muhammad Muhammed Musa Mustafa Myles Nathan Nathaniel Nicholas Nico Nikodem Niall Noah
Oakley Oliver Ollie Omar Oscar Osian Otis Otto Owen Parker Patrick Peter Philip Ralph Ralphie Raphael Rayan
Reece Reggie Reuben Rhys Richard Riley Robert Robin Roman Romeo Ronnie Rory Rowan Ruben Rufus Rupert Ryan Sam
Samuel Santiago Saul Sean Sebastian Seth Shane Shay Sidney Simon Solomon Sonny Spencer Stanley Stephen Steven
Sulaiman Syed Taylor Ted Teddy Theo Theodore Thiago Thomas Timothy Tobias Toby Tom Tommy Travis Tristan Tyler
Umar Vincent Wilfred William Wyatt Xander Xavier Yahya Yusuf Yousuf Zac Zach Zachary Zack Zain Zak Zakariya Zane
Zayn"""

FIRST_NAMES = frozenset(f"{GIRLS} {BOYS}".split())
